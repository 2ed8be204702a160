namespace Models.Engine;

/// <summary>The commands that run nodes.</summary>
public enum RunVerb
{
    /// <summary>Seeds, models, snapshots and tests together, in graph order.</summary>
    Build,

    /// <summary>Models.</summary>
    Run,

    /// <summary>Data tests and unit tests.</summary>
    Test,

    /// <summary>Seeds.</summary>
    Seed,

    /// <summary>Snapshots.</summary>
    Snapshot,
}
