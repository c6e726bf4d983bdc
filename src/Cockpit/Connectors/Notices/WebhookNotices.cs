using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Notices;

/// <summary>
/// Posts a message as JSON to one address: <c>{"id":…,"to":[…],"severity":…,"text":…}</c>. The id is also the header Idempotency-Key, by which
/// a receiver tells a repetition.
/// </summary>
internal sealed class WebhookNotices(NoticeOptions options, HttpMessageInvoker http, TimeProvider clock) : IStakeholderNotice
{
    public async Task<TargetAnswer<string>> SendAsync(StakeholderNotice notice, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Webhook)
        {
            Content = JsonContent.Create(new { notice.Id, To = notice.To, notice.Severity, notice.Text }),
            Headers = { { "Idempotency-Key", notice.Id } },
        };
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var code = (int)response.StatusCode;
            return code switch
            {
                >= 200 and < 300 => new TargetAnswer<string>.Done($"told {string.Join(", ", notice.To)}"),
                >= 400 and < 500 => new TargetAnswer<string>.Failed(new TargetFailure.Invalid($"the receiver of notices answered {code}")),
                _ => new TargetAnswer<string>.Failed(new TargetFailure.Unreachable($"the receiver of notices answered {code}")),
            };
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new TargetAnswer<string>.Failed(
                new TargetFailure.Unreachable($"the receiver of notices {Failure.Describe(failed) ?? "did not answer"}"));
        }
    }
}
