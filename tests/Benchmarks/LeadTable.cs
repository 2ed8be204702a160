using Npgsql;

namespace Benchmarks;

/// <summary>Generated lead features in the schema of target 'bench', as the models of the project leads would build them.</summary>
internal static class LeadTable
{
    public const string Target = "bench";

    /// <summary>Contacts 1 to <paramref name="count"/>; calls and source say something about who becomes a customer, and the rest is chance.</summary>
    public static async Task<string> CreateAsync(string connectionString, int count, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Target, CommandTimeout = 600 }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(target);
        await using var command = source.CreateCommand(
            $"""
            create schema {Target}_features;
            create table {Target}_features.lead_features as
            select
                contact::bigint as contact_id, decided as created_at, (array['Google', 'Meta', 'Other', 'Unknown'])[1 + place] as marketing_source,
                contact % 3 = 0 as known_city, nullif(contact % 200, 0)::integer as message_length, calls as call_attempts,
                calls * talk as total_call_seconds, calls / 5 as calls_over_30min,
                case when calls > 0 then talk end as mean_call_seconds,
                case when calls > 0 then (calls / 5) / calls::double precision end as calls_over_30min_share,
                won as is_customer, case when won then (decided + lag * interval '1 day')::date end as customer_date,
                timestamptz '2025-06-01 00:00:00+00' as loaded_at
            from generate_series(1, {count}) as contact,
                lateral (select
                    (hashint4(contact) & 2147483647) / 2147483648.0 as chance, (hashint4(contact + 1) & 2147483647) % 40 as calls,
                    (100 + (hashint4(contact + 2) & 2147483647) % 1500)::double precision as talk, (hashint4(contact + 3) & 2147483647) % 4 as place,
                    (hashint4(contact + 4) & 2147483647) % 20 as lag,
                    timestamp '2025-01-01' + (hashint4(contact + 5) & 2147483647) % 2400 * interval '1 hour' as decided) as drawn,
                lateral (select chance < 1 / (1 + exp(2.6 - 0.2 * least(calls, 12) + 0.1 * greatest(calls - 20, 0) - talk / 2000 - place * 0.1)) as won) as law
            union all
            -- one lead is far younger, so that the labels of the others are ripe
            select {count + 1}, '2025-06-01', 'Google', true, 20, 1, 600, 0, 600, 0, false, null, '2025-06-01 00:00:00+00';
            create unique index on {Target}_features.lead_features (contact_id);
            analyze {Target}_features.lead_features;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return target;
    }

    /// <summary>Runs Serving.Training on it to its end.</summary>
    public static ProcessRun Train(string connectionString, params string[] arguments) => ProcessRun.Start(
        Repository.Program("Serving/Training", "Serving.Training"), arguments,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__warehouse"] = connectionString, ["DOTNET_ENVIRONMENT"] = "Production" });
}
