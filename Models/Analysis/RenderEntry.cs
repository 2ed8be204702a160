using Models.Project.Store;

namespace Models.Analysis;

/// <summary>What is kept of a rendered node.</summary>
/// <param name="Key">What it holds for.</param>
/// <param name="Sql">The digest of the SQL of a first run.</param>
/// <param name="Incremental">The digest of the SQL of later runs, where it is another.</param>
/// <param name="FileLength">The length of the file of compiled SQL as it was left; 0 where none was written.</param>
/// <param name="FileTime">When that file was written, in ticks.</param>
internal sealed record RenderEntry(Digest Key, Digest Sql, Digest? Incremental, long FileLength, long FileTime);
