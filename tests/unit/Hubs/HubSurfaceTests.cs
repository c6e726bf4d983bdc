using System.Reflection;
using Cockpit.Hubs;

namespace Cockpit.Tests.Hubs;

public sealed class HubSurfaceTests
{
    [Fact]
    public void Live_hub_has_three_methods_and_none_that_commands()
    {
        var methods = typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.DeclaringType == typeof(LiveHub) && method.GetBaseDefinition() == method && !method.IsSpecialName)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})");

        Assert.Equal(["Join(String topic)", "Leave(String topic)", "Whole(String topic)"], methods.Order());
    }
}
