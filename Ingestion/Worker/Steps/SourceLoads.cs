using System.Collections.Concurrent;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Ingestion.Loading.Batches;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Telemetry;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Steps;

/// <summary>Loads several sources of a step, some at the same time, and tells what became of each.</summary>
internal sealed class SourceLoads(TableLoader loader, DataFolder data, LakeFolder lake, SourceConnections connections, TimeProvider time)
{
    /// <summary>The contracts of the pipeline's project; none where it has none.</summary>
    /// <exception cref="PipelineException">A contract has a mistake.</exception>
    public static IReadOnlyList<Contract> ReadContracts(StepContext context)
    {
        var diagnostics = new DiagnosticBag();
        var contracts = ContractReader.ReadAll(context.Pipeline.ProjectDirectory, diagnostics);
        Require(context, diagnostics.ToSortedList(), "contracts have mistakes", []);
        return contracts;
    }

    /// <param name="context">The attempt at the step.</param>
    /// <param name="sources">The sources by name.</param>
    /// <param name="parallel">How many are loaded at the same time.</param>
    /// <param name="contractOf">The contract of a source.</param>
    /// <param name="cancellationToken">Cancels; sources that were loaded before stay loaded.</param>
    /// <returns>Rows loaded and records quarantined, those of batches that were there before left out.</returns>
    /// <exception cref="PipelineException">A source is not what its contract says; the others are loaded all the same.</exception>
    public async Task<StepResult> RunAsync(
        StepContext context,
        IReadOnlyList<string> sources,
        int parallel,
        Func<string, CancellationToken, Task<Contract>> contractOf,
        CancellationToken cancellationToken)
    {
        var refused = new ConcurrentDictionary<string, Diagnostic>(StringComparer.Ordinal);
        long rows = 0;
        long quarantined = 0;
        await Parallel.ForEachAsync(
            sources,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (source, token) =>
            {
                try
                {
                    var result = await LoadAsync(await contractOf(source, token), context.Logger, token);
                    if (result.AlreadyLoaded)
                        return;

                    Interlocked.Add(ref rows, result.Rows);
                    Interlocked.Add(ref quarantined, result.Quarantined);
                }
                catch (DiagnosticException mistake)
                {
                    // the others are loaded, and looked at, all the same
                    refused[source] = mistake.Diagnostic;
                }
            });

        Require(context, refused.Values, "sources are not what their contracts say",
            [.. refused.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new FailedCheck($"raw.{r.Key}", "contract", r.Value.Message))]);
        return new StepResult(rows, quarantined);
    }

    /// <summary>One mistake is the reason of the run's failure; of several each is told by itself.</summary>
    private static void Require(StepContext context, IEnumerable<Diagnostic> found, string what, IReadOnlyList<FailedCheck> failures)
    {
        var bag = new DiagnosticBag();
        bag.AddRange(found);
        var mistakes = bag.ToSortedList().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (mistakes.Count == 0)
            return;
        if (mistakes is [var only])
            throw new PipelineException(only.ToString()) { Failures = failures };

        foreach (var mistake in mistakes)
            Log.SourceRefused(context.Logger, context.Pipeline.Name, mistake.ToString());
        throw new PipelineException($"{mistakes.Count} {what}, first {mistakes[0]}") { Failures = failures };
    }

    private async Task<LoadResult> LoadAsync(Contract contract, ILogger logger, CancellationToken cancellationToken)
    {
        using var activity = IngestionTelemetry.Source.StartActivity("load");
        activity?.SetTag("leadline.table", contract.Name);
        var location = new SourceLocation(data.FullPath)
        {
            LakeDirectory = lake.FullPath,
            ConnectionStrings = connections.For([contract]),
            Secrets = connections.Secrets(),
        };
        var result = await loader.LoadAsync(contract, location, new LoadLog(time, logger), cancellationToken);
        IngestionTelemetry.Loaded(result);
        if (result.AlreadyLoaded)
            Log.AlreadyLoaded(logger, contract.Name, result.Rows);
        else
            Log.Loaded(logger, result.Rows, contract.Name, result.Elapsed.TotalSeconds);
        if (result.Quarantined > 0)
            Log.Quarantined(logger, contract.Name, contract.Span.File, result.Quarantined);

        return result;
    }

    /// <summary>Says every few seconds how far a load is; most loads are done before the first time.</summary>
    private sealed class LoadLog(TimeProvider time, ILogger logger) : IProgress<LoadProgress>
    {
        private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

        private long _last = time.GetTimestamp();

        public void Report(LoadProgress value)
        {
            if (time.GetElapsedTime(_last) < s_pause)
                return;

            _last = time.GetTimestamp();
            Log.Loading(logger, value.Contract, (value.Fraction ?? 0) * 100, value.Rows);
        }
    }
}
