using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>A schema that the console, the API and training may read.</summary>
/// <param name="Name">As the <c>schema</c> configuration of the project's models names it, without the target's prefix.</param>
/// <param name="Span">Where the pipeline's file names it.</param>
public sealed record ReadableSchema(string Name, SourceSpan Span);
