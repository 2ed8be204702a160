using System.CommandLine;
using Models.Compiler;
using Models.Compiler.Graph;
using Models.Runner.Artifacts;
using Models.Runner.Execution;
using Models.Runner.Freshness;
using Models.Runner.Reporting;

namespace Models.Runner.Cli;

/// <summary><c>leadline source freshness</c>: how old the sources are.</summary>
internal static class SourceCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType> { ResourceType.Source };

    public static Command Create()
    {
        var selection = new SelectionFlags();
        var state = new StateFlags();
        var freshness = new Command("freshness", "Asks the sources when their newest row was loaded.");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write instead of target/sources.json." };
        selection.AddTo(freshness);
        freshness.Aliases.Add("snapshot-freshness");
        freshness.Options.Add(output);
        state.AddTo(freshness);
        freshness.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var started = TimeProvider.System.GetUtcNow();
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            await using var target = TargetAccess.Open(project);
            using var previous = state.Open(parsed, project);
            var check = new FreshnessCheck(target, TimeProvider.System);
            var style = ReportFlags.Style(parsed);
            var results = new List<FreshnessResult>();
            foreach (var source in target.Select(selection.Read(parsed), Types, observer, previous).OfType<SourceNode>().Where(FreshnessCheck.Applies))
            {
                var result = await check.RunAsync(source, cancellationToken);
                results.Add(result);
                observer.Said(Describe(result, style), isWarning: false);
            }

            var file = parsed.GetValue(output) is { } chosen ? Path.GetFullPath(chosen) : Path.Combine(project.TargetPath, "sources.json");
            SourcesWriter.Write(file, GlobalOptions.Invocation, started, TimeProvider.System.GetUtcNow(), results);
            observer.Said("Done.", isWarning: false);
            var warningsFail = project.Options.Warnings.IsError(WarningPolicy.FreshnessResult);
            return results.Any(r => r.Status is FreshnessStatus.Error or FreshnessStatus.RuntimeError || (warningsFail && r.Status == FreshnessStatus.Warn))
                ? ExitCodes.Failed
                : ExitCodes.Success;
        }));

        return new Command("source", "Looks after the project's sources.") { freshness };
    }

    private static string Describe(FreshnessResult result, ReportStyle style)
    {
        var (word, tone) = result.Status switch
        {
            FreshnessStatus.Pass => ("PASS", Tone.Good),
            FreshnessStatus.Warn => ("WARN", Tone.Warn),
            FreshnessStatus.Error => ("ERROR STALE", Tone.Bad),
            _ => ("ERROR", Tone.Bad),
        };
        var detail = result.Error ?? (result.MaxLoadedAt is { } newest ? $"newest row {newest:yyyy-MM-dd HH:mm:ss} UTC" : "");
        return $"{style.Paint(word, tone)} freshness of {result.Source.SourceName}.{result.Source.Name}: {detail}";
    }
}
