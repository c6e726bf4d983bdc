using Bunit;
using Cockpit.Components.Cards;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Components;

public sealed class CheckAnswerViewTests : BunitContext
{
    [Fact]
    public void Each_line_says_in_words_whether_it_is_good_and_when_it_was_asked()
    {
        var view = Render<CheckAnswerView>(parameters => parameters.Add(answer => answer.Answer, new CheckAnswer(Platform.Now,
            [new CheckLine("It accepts connections.", true), new CheckLine("Replay is paused.", false), new CheckLine("3 s behind.", null)])));

        Assert.Equal(["Good: It accepts connections.", "Not good: Replay is paused.", "3 s behind."], view.FindAll("li").Select(line => line.TextContent));
        Assert.Equal(["good", "bad", null], view.FindAll("li").Select(line => line.GetAttribute("class")));
        Assert.Equal("asked at 03:12:00", view.Find("p").TextContent);
        Assert.Equal("status", view.Find("[data-check]").GetAttribute("role"));
    }

    [Fact]
    public void What_was_found_is_text_and_never_markup()
    {
        var view = Render<CheckAnswerView>(parameters => parameters.Add(answer => answer.Answer, new CheckAnswer(Platform.Now, [new CheckLine("<b>bold</b>", null)])));

        Assert.Equal("<b>bold</b>", view.Find("li span").TextContent);
        Assert.Empty(view.FindAll("li b"));
    }
}
