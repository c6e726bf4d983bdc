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

    [Fact]
    public void Live_hub_reaches_no_use_case_that_acts()
    {
        var (seen, open) = (new HashSet<Type>(), new Queue<Type>([typeof(LiveHub)]));
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            foreach (var asked in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
                if (asked.Assembly == typeof(LiveHub).Assembly) open.Enqueue(asked);
        }

        Assert.DoesNotContain(seen, type => type.Namespace == "Cockpit.UseCases.Executing" && type.Name.EndsWith("Handler", StringComparison.Ordinal)
            || type.IsAssignableTo(typeof(UseCases.Recording.IEventStore)) || type.IsAssignableTo(typeof(UseCases.Executing.IActionTarget)));
    }
}
