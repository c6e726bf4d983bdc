using System.Collections.Immutable;
using System.Text;
using Cockpit.Catalog;
using Cockpit.Domain.OnCall;
using Cockpit.Tests.Incidents;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Tests.Notifications;

public sealed class MessageTemplateTests
{
    [Fact]
    public async Task Message_tells_whom_it_wakes_what_their_level_is_asked_to_do_in_the_words_of_the_way()
    {
        var told = new Dictionary<ContactChannel, PageMessage>();
        FakeChannel Way(ContactChannel channel) => new(channel)
        {
            Answer = (message, _) =>
            {
                lock (told) told[channel] = message;
                return Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Taken("200 OK"));
            },
        };
        await using var night = await Night.BeginAsync(null, Way(ContactChannel.Push), Way(ContactChannel.Sms), Way(ContactChannel.Voice));
        await night.TellAsync(Night.Alert());
        await night.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("P1 ServiceDown is wrong", told[ContactChannel.Push].Subject);
        Assert.Equal(
            "P1 since 0\u202Fs, 1 alert fires.\nLevel 1, On-call engineer: ServiceDown is wrong.\nYour part: Acknowledge within 5 minutes; Begin the investigation.",
            told[ContactChannel.Push].Text);
        Assert.StartsWith("P1 ServiceDown is wrong. https://cockpit.example/m/incidents/1 Since 1\u202Fmin, 1 alert fires. Level 1,", told[ContactChannel.Sms].Line);
        Assert.StartsWith("This is Cockpit, for Jonas Lindqvist. P1 incident 1. ServiceDown is wrong. It began 2\u202Fmin ago;", told[ContactChannel.Voice].Line);
        Assert.Equal(["Acknowledge within 5 minutes", "Begin the investigation"], night.Only.Pages[0].Duties.AsEnumerable());
    }

    [Fact]
    public async Task Each_level_is_told_its_own_duties()
    {
        await using var night = await Night.BeginAsync(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        await night.TellAsync(Night.Alert());

        await night.WaitAsync(TimeSpan.FromMinutes(31));

        Assert.Equal(
            ["Acknowledge within 5 minutes", "Acknowledge within 5 minutes", "Go deep into the technical cause", "Coordinate help from outside"],
            night.Only.Pages[..4].Select(page => page.Duties[0]));
    }

    [Fact]
    public void Line_that_names_what_there_is_none_of_is_left_out_and_a_value_is_no_template()
    {
        var template = new MessageTemplate("{title}", "{title}: {why}.\nJust before, {change}.\n\nEnd.");
        var values = new Dictionary<string, string> { ["title"] = "{why}", ["why"] = "late", ["change"] = "" };

        Assert.Equal(("{why}", "{why}: late.\n\nEnd."), template.Fill(values));
    }

    [Theory]
    [InlineData("page: {usual: {subject: a, text: '{titel}'}}", "names {titel}, which nothing fills in, did you mean 'title'?")]
    [InlineData("page: {usual: {subject: a, text: b}, pidgeon: {subject: a, text: b}}", "unknown field 'pidgeon'")]
    [InlineData("page: {push: {subject: a, text: b}}", "is missing")]
    [InlineData("page: {usual: {subject: a}}", "is missing")]
    [InlineData("page: {usual: {subject: \"a\\nb\", text: c}}", "has more than one line")]
    public void What_is_wrong_in_the_file_is_told_with_its_place(string page, string problem)
    {
        var load = Load($"{page}\nnotice: {{usual: {{subject: a, text: b}}}}\n");

        var error = Assert.Single(load.Errors);
        Assert.StartsWith(problem, error.Message);
        Assert.Equal(("messages.yaml", 1), (error.File, error.Line));
    }

    [Fact]
    public void Catalog_without_the_file_has_the_usual_words() => Assert.Equal(MessageTemplates.Usual, Load(null).Catalog.Messages);

    private static CatalogLoad Load(string? messages) => CatalogLoader.Load(messages is null
        ? ImmutableArray.Create(new CatalogFile("freezes.yaml", "freezes: []\n"u8.ToArray(), null))
        : ImmutableArray.Create(new CatalogFile("messages.yaml", Encoding.UTF8.GetBytes(messages), null)));
}
