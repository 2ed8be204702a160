using System.Globalization;
using Models.Database;
using Models.Parsing;

namespace Models.Engine.History;

/// <summary>Whether a project keeps a history, and for how long.</summary>
internal static class HistorySettings
{
    /// <summary>A year, and a month in which to compare with it.</summary>
    public const int DefaultDays = 400;

    /// <summary>
    /// The project's <c>vars: {leadline: {history_days: 90}}</c>, or 400; 0 keeps everything. dbt reads it as a variable of a package
    /// that is not installed, and ignores it.
    /// </summary>
    /// <exception cref="RunException">It is no number of days.</exception>
    public static int Days(ParsedProject project)
    {
        var said = project.Var("leadline", "history_days");
        return said is null ? DefaultDays
            : int.TryParse(Convert.ToString(said, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days
            : throw new RunException($"The variable 'history_days' of 'leadline' is '{said}'; it is a number of days, or 0 to keep everything.");
    }

    /// <summary>False where the project's <c>vars: {leadline: {history: false}}</c> keeps no history at all: the target gets no schema leadline.</summary>
    /// <exception cref="RunException">It is neither true nor false.</exception>
    public static bool IsKept(ParsedProject project) => project.Var("leadline", "history") switch
    {
        null => true,
        bool kept => kept,
        var other => throw new RunException($"The variable 'history' of 'leadline' is '{other}'; it is true or false."),
    };
}
