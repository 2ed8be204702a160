using System.Collections.Concurrent;

namespace Models.Project.Store;

/// <summary>Records what the templates of one parse read besides the project's files. Safe for concurrent use.</summary>
internal sealed class ParseReads
{
    /// <summary>The names of environment variables, except those that only profiles.yml reads.</summary>
    public ConcurrentDictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that properties name instead of being found in a folder: their absolute paths and content.</summary>
    public ConcurrentDictionary<string, NamedContent> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The absolute path of the profiles.yml that was read; null if there is none.</summary>
    public string? ProfilesFile { get; set; }

    /// <summary>True if a template other than a model's used the clock or another source of changing values.</summary>
    public bool Moment { get; set; }

    /// <summary>True if a template read the command or its arguments.</summary>
    public bool Invocation { get; set; }

    /// <summary>Records a file that is about to be read.</summary>
    public void Note(string file) => Files.TryAdd(file, new NamedContent(file, NamedContent.OfFile(file)));
}
