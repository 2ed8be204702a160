namespace Benchmarks;

/// <summary>A new folder that goes when the benchmark ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("leadline-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
