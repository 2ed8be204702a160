using Ingestion.Worker.Pipelines;
using Microsoft.AspNetCore.Http.HttpResults;
using Models.Diagnostics;

namespace Ingestion.Worker.Api;

/// <summary>What answers about streams say: without the folders of this machine.</summary>
internal sealed class ApiText(PipelineCatalog pipelines, DataFolder data)
{
    public string Public(string text) =>
        PublicText.WithoutAbsolutePaths(text, [data.FullPath, .. pipelines.Chosen.Select(p => p.ProjectDirectory)]);

    /// <summary>The answer where a contract, or what is asked of it, has a mistake.</summary>
    public ProblemHttpResult Refused(DiagnosticException mistake) =>
        TypedResults.Problem(Public(mistake.Diagnostic.ToString()), statusCode: StatusCodes.Status409Conflict);

    /// <summary>The answer where no contract fills a table.</summary>
    public ProblemHttpResult UnknownStream(string table, StreamCatalog streams)
    {
        var known = streams.All().Select(s => s.Contract.Name).Order(StringComparer.Ordinal).ToList();
        return TypedResults.Problem(
            $"No contract of this worker's pipelines fills the table '{table}' (there are {string.Join(", ", known)}){NearName.Hint(table, known)}",
            statusCode: StatusCodes.Status404NotFound);
    }
}
