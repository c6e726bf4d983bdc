namespace Cockpit.Domain.Cards;

/// <summary>The unit in which a figure and its thresholds are stored; screens may scale it.</summary>
public enum FigureUnit
{
    /// <summary>A plain number of things.</summary>
    Count,

    /// <summary>Part over whole: 0.8 is 80 %. May exceed 1 where a whole can be overrun, as a capacity can.</summary>
    Ratio,

    /// <summary>Hundredths of a whole: 80 is 80 %.</summary>
    Percent,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Things a second.</summary>
    PerSecond,

    /// <summary>Things a minute.</summary>
    PerMinute,
}
