using Models.Contracts;
using Models.Diagnostics;
using Quartz;
using YamlDotNet.RepresentationModel;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads when a pipeline runs by itself.</summary>
internal static class ScheduleReader
{
    public static PipelineSchedule Read(YamlMap pipeline, string file, DiagnosticBag diagnostics)
    {
        var schedule = new PipelineSchedule();
        if (pipeline.Map("schedule", "the schedule") is not { } map)
            return schedule;

        var cron = ReadCron(map, file, diagnostics);
        var upstream = map.Map("when_new", "'when_new'");
        schedule = schedule with
        {
            Cron = cron,
            CatchUp = map.Boolean("catch_up") ?? false,
            AtStart = map.Boolean("at_start") ?? true,
        };
        if (upstream is not null)
        {
            schedule = schedule with { WhenNew = ReadTables(upstream, file, diagnostics), CheckEvery = upstream.Duration("check_every", file, diagnostics)
                ?? schedule.CheckEvery };
            upstream.ReportUnknownKeys();
        }

        map.ReportUnknownKeys();
        return schedule;
    }

    private static CronExpression? ReadCron(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var zone = ReadTimeZone(map, file, diagnostics);
        if (map.Text("cron") is not { } text)
        {
            foreach (var key in (string[])["time_zone", "catch_up"])
            {
                if (map.Find(key) is { } node)
                    diagnostics.Add(PipelineDiagnostics.NoCron(YamlMap.SpanOf(node, file), key));
            }

            return null;
        }

        try
        {
            var cron = CronExpression.Parse(text, CronFormat.Unix).WithTimeZone(zone ?? TimeZoneInfo.Utc);
            if (cron.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is not null)
                return cron;

            diagnostics.Add(PipelineDiagnostics.BadCron(YamlMap.SpanOf(map.Find("cron")!, file), text, "no day fits it"));
        }
        catch (FormatException exception)
        {
            diagnostics.Add(PipelineDiagnostics.BadCron(YamlMap.SpanOf(map.Find("cron")!, file), text, exception.Message.ReplaceLineEndings(" ").TrimEnd('.')));
        }

        return null;
    }

    private static TimeZoneInfo? ReadTimeZone(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        if (map.Text("time_zone") is not { } name)
            return null;

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;

        diagnostics.Add(
            PipelineDiagnostics.UnknownTimeZone(YamlMap.SpanOf(map.Find("time_zone")!, file), name, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)));
        return null;
    }

    private static List<UpstreamTable> ReadTables(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var tables = new List<UpstreamTable>();
        switch (map.Find("tables"))
        {
            case YamlSequenceNode { Children.Count: > 0 } sequence:
                foreach (var node in sequence.Children)
                    tables.AddRange(ReadTable(map, node, file, diagnostics));
                break;
            case var other:
                map.ReportShape(other ?? new YamlScalarNode(), "tables", "a list of tables, as in [raw.orders]");
                break;
        }

        return tables;
    }

    private static IEnumerable<UpstreamTable> ReadTable(YamlMap parent, YamlNode node, string file, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlScalarNode { Value: { } name } when name.StartsWith("raw.", StringComparison.Ordinal) && IsTable(name):
                yield return new UpstreamTable(name, LoadedAt: "");
                break;
            case YamlMappingNode mapping:
                var map = new YamlMap(mapping, "the table", file, diagnostics);
                var table = map.RequiredText("table", "app.orders");
                var loadedAt = map.RequiredText("loaded_at", "updated_at");
                map.ReportUnknownKeys();
                if (table is not null && !IsTable(table))
                    diagnostics.Add(PipelineDiagnostics.BadTable(YamlMap.SpanOf(map.Find("table")!, file), table));
                else if (table is not null && loadedAt is not null)
                    yield return new UpstreamTable(table, loadedAt);
                break;
            default:
                parent.ReportShape(node, "tables", "a list of tables of schema raw, or of mappings with 'table' and 'loaded_at'");
                break;
        }
    }

    private static bool IsTable(string name) => name.Split('.') is [{ Length: > 0 }, { Length: > 0 }];
}
