namespace AppHost.Tests.Whole;

/// <summary>The whole application on sample data, once for the tests of this folder.</summary>
public class AppFixture : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private DistributedApplication? _app;

    /// <summary>Options besides those that every test needs.</summary>
    protected virtual IReadOnlyList<string> Arguments => [];

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not started");

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--port", "0", "--database", _folder.File("db"), .. Arguments]);
        _app = await builder.BuildAsync();
        await _app.StartAsync();
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("api");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
