using Models.Project.Store;

namespace Models.Analysis;

/// <summary>The cached result of rendering a node.</summary>
/// <param name="Key">The key for which it is valid.</param>
/// <param name="Sql">The digest of the SQL of the first run.</param>
/// <param name="Incremental">The digest of the SQL of later runs, if it differs.</param>
/// <param name="FileLength">The length of the compiled SQL file when it was written; 0 if there is none.</param>
/// <param name="FileTime">The write time of that file in ticks.</param>
internal sealed record RenderEntry(Digest Key, Digest Sql, Digest? Incremental, long FileLength, long FileTime);
