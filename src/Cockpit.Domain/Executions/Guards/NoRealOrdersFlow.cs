using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>No real orders flow; where they do, or nobody can tell, it costs a reason that the approver reads.</summary>
internal static class NoRealOrdersFlow
{
    private const string Name = "No real orders flow";
    private const string Orders = "orders.rate";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (!context.Action.Guards.Contains(ActionGuard.NoRealOrders)) return null;
        return context.Board?[Orders] switch
        {
            { Fresh: <= 0 } => GuardVerdict.Pass(Name, "Not one order in the last minute."),
            { Fresh: { } rate } => GuardVerdict.Cost(Name,
                $"{FigureText.Write(rate, FigureUnit.PerSecond)} orders flow at real money on prices that would be invented. Stop trading first, or say why not: whoever approves must know it."),
            var silent => GuardVerdict.Cost(Name, $"Whether orders flow cannot be told ({silent?.Gap ?? "no answer"}). Say why you act without it: whoever approves must know it."),
        };
    }
}
