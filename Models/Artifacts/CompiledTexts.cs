using System.Text;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>Compiled SQL held as text.</summary>
internal sealed class CompiledTexts(IReadOnlyDictionary<string, string> compiled) : ICompiledSql
{
    public string? TextOf(string id) => compiled.GetValueOrDefault(id);

    public Digest? DigestOf(string id) => TextOf(id) is { } sql ? Digest.Of(Encoding.UTF8.GetBytes(sql)) : null;

    public bool IsUnrepeatable(string id) => false;
}
