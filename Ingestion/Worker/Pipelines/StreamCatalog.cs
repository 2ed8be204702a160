using Ingestion.Worker.Definitions;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Pipelines;

/// <summary>The streams of the pipelines that this worker runs. The contracts are read anew each time, since a retry usually follows a change of one.</summary>
internal sealed class StreamCatalog(PipelineCatalog pipelines)
{
    /// <summary>The stream that fills a table; null where no contract does.</summary>
    /// <exception cref="DiagnosticException">The contracts of its project have a mistake.</exception>
    public PipelineStream? Find(string table) => All().FirstOrDefault(s => s.Contract.Name == table);

    /// <summary>The tables that the streams fill.</summary>
    public IReadOnlyList<PipelineStream> All()
    {
        var diagnostics = new DiagnosticBag();
        List<PipelineStream> streams =
        [
            .. pipelines.Chosen.SelectMany(p => ContractReader.ReadAll(p.ProjectDirectory, diagnostics).Select(c => new PipelineStream(p, c))),
        ];
        return diagnostics.HasErrors
            ? throw new DiagnosticException(diagnostics.ToSortedList().First(d => d.Severity == DiagnosticSeverity.Error))
            : streams;
    }
}

/// <summary>A stream and the pipeline that loads it.</summary>
internal sealed record PipelineStream(PipelineDefinition Pipeline, Contract Contract);
