namespace Aspire.Hosting.Testing;

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of the assembly that holds <typeparamref name="TEntryPoint"/>, up to where it builds its application.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var run = new EntryPointRun();
        return new Builder(run, await run.StartAsync(typeof(TEntryPoint).Assembly, args, cancellationToken));
    }

    /// <summary>An empty application.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        new Builder(run: null, DistributedApplication.CreateBuilder(args));

    private sealed class Builder(EntryPointRun? run, IDistributedApplicationBuilder inner) : DelegatingApplicationBuilder(inner), IDistributedApplicationTestingBuilder
    {
        private DistributedApplication? _built;

        public override DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

        public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
            _built = run is null ? Inner.Build() : await run.BuildAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_built is not null)
                await _built.DisposeAsync();
        }
    }
}
