using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Api.V1;

/// <summary>
/// Refusals as problem+json: a type that stays, a status, and the sentence that the screen shows. Types are a promise to other programs.
/// </summary>
internal static class Problems
{
    private const string Prefix = "urn:cockpit:problem:";

    public static IResult Of(ActionRefusal why) => Problem(TypeOf(why), StatusOf(why), why.Sentence, why is ActionRefusal.Guarded guarded
        ? new Dictionary<string, object?>
        {
            ["guards"] = guarded.Verdicts.Where(verdict => verdict.Outcome == GuardOutcome.Refuses).Select(GuardDto.Of).ToArray(),
        }
        : null);

    public static IResult Problem(string type, int status, string sentence, IDictionary<string, object?>? more = null) =>
        Results.Problem(type: Prefix + type, statusCode: status, title: TitleOf(status), detail: sentence, extensions: more);

    /// <summary>The stable name of a refusal.</summary>
    public static string TypeOf(ActionRefusal why) => why switch
    {
        ActionRefusal.NoSuchAction => "no-such-action",
        ActionRefusal.NotRunnable => "not-runnable",
        ActionRefusal.InputMissing => "input-missing",
        ActionRefusal.NotSignedIn => "not-signed-in",
        ActionRefusal.PreviewGone => "preview-gone",
        ActionRefusal.NotYourPreview => "not-your-preview",
        ActionRefusal.Guarded => "guarded",
        ActionRefusal.ConfirmOtherwise => "confirm-otherwise",
        ActionRefusal.NoSuchExecution => "no-such-execution",
        ActionRefusal.RoleMissing => "role-missing",
        ActionRefusal.NotAPerson => "not-a-person",
        ActionRefusal.SelfApproval => "self-approval",
        ActionRefusal.NotWaiting => "not-waiting",
        ActionRefusal.ApprovalOver => "approval-expired",
        ActionRefusal.ChangedSinceAsked => "changed-since-asked",
        ActionRefusal.ReasonNeeded => "reason-needed",
        ActionRefusal.TooLateToCancel => "too-late-to-cancel",
        ActionRefusal.NoLease => "no-lease",
        ActionRefusal.ExtendedAlready => "extended-already",
        ActionRefusal.RevertUnderWay => "revert-under-way",
        ActionRefusal.CannotRevertNow => "cannot-revert-now",
        ActionRefusal.RevertWouldHurt => "revert-would-hurt",
        ActionRefusal.NothingToResolve => "nothing-to-resolve",
        ActionRefusal.Overtaken => "overtaken",
        ActionRefusal.TooManyPresses => "too-many-presses",
        ActionRefusal.StorageDown => "storage-down",
        _ => "refused",
    };

    private static int StatusOf(ActionRefusal why) => why switch
    {
        ActionRefusal.NotSignedIn => StatusCodes.Status401Unauthorized,
        ActionRefusal.RoleMissing or ActionRefusal.NotAPerson or ActionRefusal.SelfApproval or ActionRefusal.NotYourPreview => StatusCodes.Status403Forbidden,
        ActionRefusal.NoSuchAction or ActionRefusal.NoSuchExecution => StatusCodes.Status404NotFound,
        ActionRefusal.PreviewGone or ActionRefusal.ApprovalOver => StatusCodes.Status410Gone,
        ActionRefusal.ConfirmOtherwise or ActionRefusal.ReasonNeeded or ActionRefusal.InputMissing => StatusCodes.Status422UnprocessableEntity,
        ActionRefusal.TooManyPresses => StatusCodes.Status429TooManyRequests,
        ActionRefusal.StorageDown => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };

    public static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read",
        StatusCodes.Status401Unauthorized => "Sign in",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "There is no such thing",
        StatusCodes.Status405MethodNotAllowed => "Not with this method",
        StatusCodes.Status410Gone => "Gone",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON",
        StatusCodes.Status422UnprocessableEntity => "Something is missing",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Cannot record",
        _ => "Refused",
    };
}
