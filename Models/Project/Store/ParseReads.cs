using System.Collections.Concurrent;

namespace Models.Project.Store;

/// <summary>What the templates of one parse looked at beside files. Safe for concurrent use.</summary>
internal sealed class ParseReads
{
    /// <summary>Names of environment variables, those that profiles.yml alone reads not among them.</summary>
    public ConcurrentDictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are named by properties, not found by their folder: their absolute paths and what they held.</summary>
    public ConcurrentDictionary<string, NamedContent> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The absolute path of the profiles.yml that was read; null where there is none.</summary>
    public string? ProfilesFile { get; set; }

    /// <summary>The clock, or something else that is another one each time, was looked at by other templates than those of models.</summary>
    public bool Moment { get; set; }

    /// <summary>A template asked which command this is, or how it was called.</summary>
    public bool Invocation { get; set; }

    /// <summary>Notes a file that is about to be read.</summary>
    public void Note(string file) => Files.TryAdd(file, new NamedContent(file, NamedContent.OfFile(file)));
}
