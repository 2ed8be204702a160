namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>One database and one data folder for all bad files, each of which has a raw table of its own.</summary>
public sealed class BadFileStage(PostgresFixture postgres) : IAsyncLifetime
{
    internal LoadingStage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stage = await LoadingStage.CreateAsync(postgres);

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
