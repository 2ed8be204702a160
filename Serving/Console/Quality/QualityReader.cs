using Npgsql;
using Serving.Console.Catalog;
using Serving.Console.Reads;

namespace Serving.Console.Quality;

/// <summary>Reads what became of tests and loads.</summary>
internal sealed class QualityReader(WarehouseReader warehouse)
{
    /// <summary>The newest result of each of these tests that has one, by the test's unique id.</summary>
    public Task<Reading<IReadOnlyDictionary<string, TestResult>>> TestsAsync(IEnumerable<CatalogNode> tests, CancellationToken cancellationToken) =>
        warehouse.TryAsync(
            async token => (IReadOnlyDictionary<string, TestResult>)(await ResultsAsync(tests.Select(test => test.Id), count: 1, token))
                .ToDictionary(result => result.Id),
            cancellationToken);

    /// <summary>The newest load of each raw table, by the table's name.</summary>
    public Task<Reading<IReadOnlyDictionary<string, TableLoad>>> LoadsAsync(CancellationToken cancellationToken) => warehouse.TryAsync(
        async token =>
        {
            var loads = await warehouse.ListAsync(
                """
                select distinct on (table_name) table_name, source_file, row_count, quarantined_count, finished_at
                from ingestion.batches order by table_name, finished_at desc
                """,
                reader => new TableLoad(
                    reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4)),
                token);
            return (IReadOnlyDictionary<string, TableLoad>)loads.ToDictionary(load => load.Table);
        },
        cancellationToken);

    /// <summary>The last statuses of each of these tests, oldest first, by the test's unique id.</summary>
    public Task<Reading<IReadOnlyDictionary<string, IReadOnlyList<TestResult>>>> HistoryAsync(
        IEnumerable<string> tests, int count, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token =>
        {
            var results = await ResultsAsync(tests, count, token);
            return (IReadOnlyDictionary<string, IReadOnlyList<TestResult>>)results
                .GroupBy(result => result.Id)
                .ToDictionary(group => group.Key, group => (IReadOnlyList<TestResult>)[.. group]);
        },
        cancellationToken);

    /// <summary>Quarantined records, the newest first.</summary>
    public Task<Reading<IReadOnlyList<QuarantinedRecord>>> QuarantineAsync(string? table, long offset, int count, CancellationToken cancellationToken) =>
        warehouse.TryAsync(
            token => warehouse.ListAsync(
                """
                select table_name, source_file, source_line, field, reason, raw_text, quarantined_at
                from ingestion.quarantine
                where $1::text is null or table_name = $1
                order by quarantined_at desc, source_file, source_line
                limit $2 offset $3
                """,
                reader => new QuarantinedRecord(
                    reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.Text(3), reader.GetString(4), reader.GetString(5),
                    reader.GetFieldValue<DateTimeOffset>(6)),
                token, table, count, offset),
            cancellationToken);

    /// <summary>The last results of each of these tests, oldest first.</summary>
    private Task<IReadOnlyList<TestResult>> ResultsAsync(IEnumerable<string> tests, int count, CancellationToken cancellationToken) =>
        warehouse.ListAsync(
            """
            select test.id, past.status, past.failures, past.message, past.completed_at, past.invocation_id
            from unnest($1::text[]) as test (id)
            cross join lateral (
                select t.status, t.failures, t.message, t.completed_at, t.invocation_id
                from leadline.test_results t
                join leadline.runs r on r.invocation_id = t.invocation_id and r.target_schema = $2
                where t.unique_id = test.id
                order by t.completed_at desc
                limit $3
            ) as past
            order by test.id, past.completed_at
            """,
            ReadResult, cancellationToken, tests.ToArray(), warehouse.Target, count);

    private static TestResult ReadResult(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.Number(2), reader.Text(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetGuid(5));
}
