using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>The SQL that nodes were compiled to, by their unique ids.</summary>
internal interface ICompiledSql
{
    /// <summary>Null where the node has none.</summary>
    string? TextOf(string id);

    /// <summary>The digest of the SQL, which may be known without it; null where the node has none.</summary>
    Digest? DigestOf(string id);

    /// <summary>True where compiling the node again would not give the same.</summary>
    bool IsUnrepeatable(string id);
}
