using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>The compiled SQL of nodes by unique id.</summary>
internal interface ICompiledSql
{
    /// <summary>Returns null if the node has no SQL.</summary>
    string? TextOf(string id);

    /// <summary>The digest of the SQL, which may be known without the SQL; null if the node has none.</summary>
    Digest? DigestOf(string id);

    /// <summary>True if compiling the node again may give a different result.</summary>
    bool IsUnrepeatable(string id);
}
