using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>cards/*.yaml</c>.</summary>
internal static class CardReader
{
    public static Card Read(Fields fields, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("card", id, fields, "id");
        var number = fields.Whole("number", 1, 99);
        if (fields.Has("number")) lookups.Declare("card number", number.ToString(System.Globalization.CultureInfo.InvariantCulture), fields, "number");
        var services = fields.Texts("services", least: 1);
        lookups.Refer("service", services, fields, "services");
        var scenario = fields.Text("escalation", 63);
        lookups.Refer("scenario", scenario, fields, "escalation");
        var runbooks = fields.Texts("runbooks", required: false);
        lookups.Refer("runbook", runbooks, fields, "runbooks");
        var card = new Card(
            id, number, fields.Text("title", 80), fields.Text("summary", 300), services,
            ConditionReader.ReadAll(fields, "symptoms", lookups), ConditionReader.ReadAll(fields, "exit", lookups),
            fields.Each("metrics", metric => Metric(metric, lookups)), ActionReader.ReadAll(fields, id, lookups), fields.Span("act-within"),
            fields.Each("investigation", step => Investigation(step, lookups), least: 1), fields.Span("investigate-within"), scenario, runbooks);
        CheckHysteresis(fields, card);
        fields.Done();
        return card;
    }

    private static InvestigationStep Investigation(Fields fields, Lookups lookups)
    {
        var figures = fields.Texts("figures", required: false);
        foreach (var figure in figures) SignalNames.Refer(fields, "figures", figure, lookups);
        return new InvestigationStep(fields.Text("look", 300), figures, fields.Truth("changes", otherwise: false));
    }

    private static KeyMetric Metric(Fields fields, Lookups lookups)
    {
        var signal = fields.OptionalText("signal", 100);
        SignalNames.Refer(fields, "signal", signal, lookups);
        var metric = new KeyMetric(fields.Text("label", 120), signal, fields.OptionalText("command", 1000));
        if (metric.Signal is null && metric.Command is null && !fields.Has("signal") && !fields.Has("command")) fields.Missing("signal", "a signal, a command or both");
        return metric;
    }

    /// <summary>A figure that could meet an exit criterion while it still meets the symptom would close a card that is still open.</summary>
    private static void CheckHysteresis(Fields fields, Card card)
    {
        foreach (var symptom in card.Symptoms.OfType<SignalCondition>())
        {
            foreach (var exit in card.ExitCriteria.OfType<SignalCondition>().Where(exit => exit.Signal == symptom.Signal && exit.Unit == symptom.Unit))
            {
                if (symptom.HoldsAt(exit.Threshold) && exit.HoldsAt(exit.Threshold) || BothHoldBetween(symptom, exit))
                    fields.Wrong("exit", $"'{exit.Id}' can hold while the symptom '{symptom.Id}' holds", "an exit threshold on the good side of the symptom's");
            }
        }
    }

    private static bool BothHoldBetween(SignalCondition symptom, SignalCondition exit)
    {
        var middle = (symptom.Threshold + exit.Threshold) / 2;
        double[] probes = [middle, symptom.Threshold, exit.Threshold];
        return probes.Any(probe => symptom.HoldsAt(probe) && exit.HoldsAt(probe))
            || probes.Any(probe => Around(probe).Any(near => symptom.HoldsAt(near) && exit.HoldsAt(near)));
    }

    private static double[] Around(double value) => [value - (1e-3 * Math.Max(1, Math.Abs(value))), value + (1e-3 * Math.Max(1, Math.Abs(value)))];
}
