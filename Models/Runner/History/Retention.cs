using System.Globalization;
using Models.Parsing;
using Npgsql;

namespace Models.Runner.History;

/// <summary>How long the history is kept, and the end of what is older.</summary>
internal static class Retention
{
    /// <summary>A year, and a month in which to compare with it.</summary>
    public const int DefaultDays = 400;

    private const string IsAnythingOld =
        "select exists (select from leadline.runs where target_schema = $1 and started_at < now() - make_interval(days => $2))";

    // what hangs on a run goes with it, in one statement: keys are checked at its end
    private const string Delete =
        """
        with old as materialized (
            select invocation_id from leadline.runs where target_schema = $1 and started_at < now() - make_interval(days => $2)),
        measured as (delete from leadline.measurements where target_schema = $1 and measured_at < now() - make_interval(days => $2)),
        profiled as (delete from leadline.column_profiles as kept using old where kept.invocation_id = old.invocation_id),
        counted as (delete from leadline.row_counts as kept using old where kept.invocation_id = old.invocation_id),
        tested as (delete from leadline.test_results as kept using old where kept.invocation_id = old.invocation_id),
        nodes as (delete from leadline.node_results as kept using old where kept.invocation_id = old.invocation_id)
        delete from leadline.runs as kept using old where kept.invocation_id = old.invocation_id
        """;

    /// <summary>
    /// The project's <c>vars: {leadline: {history_days: 90}}</c>, or 400; 0 keeps everything. dbt takes it for a variable of a package
    /// that is not there.
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

    public static async Task ApplyAsync(NpgsqlConnection connection, string targetSchema, int days, CancellationToken cancellationToken)
    {
        if (days == 0)
            return;

        await using var ask = Command(IsAnythingOld, connection, targetSchema, days);
        if (await ask.ExecuteScalarAsync(cancellationToken) is not true)
            return;

        await using var delete = Command(Delete, connection, targetSchema, days);
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, string targetSchema, int days) => new(sql, connection)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = targetSchema }, new NpgsqlParameter<int> { TypedValue = days } },
    };
}
