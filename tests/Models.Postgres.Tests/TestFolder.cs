namespace Models.Postgres.Tests;

/// <summary>An empty folder that every account may enter, gone at the end of the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"ll-test-{Guid.NewGuid():N}"[..16])).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
