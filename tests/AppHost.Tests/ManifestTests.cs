using System.Text.Json;

namespace AppHost.Tests;

/// <summary>What <c>--operation publish --publisher manifest</c> writes.</summary>
public sealed class ManifestTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private JsonElement _resources;

    public async ValueTask InitializeAsync()
    {
        var path = _folder.File("manifest.json");
        var (exitCode, output) = await HostProcess.RunAsync("--operation", "publish", "--publisher", "manifest", "--output-path", path);

        exitCode.ShouldBe(0, output);
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        _resources = manifest.RootElement.GetProperty("resources").Clone();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("worker", "warehouse")]
    [InlineData("training", "warehouse-training")]
    [InlineData("api", "warehouse-api")]
    public void Every_service_runs_in_production(string name, string warehouse)
    {
        var environment = Resource(name).GetProperty("env");

        environment.GetProperty("DOTNET_ENVIRONMENT").GetString().ShouldBe("Production");
        environment.GetProperty("ASPNETCORE_ENVIRONMENT").GetString().ShouldBe("Production");
        environment.GetProperty("ConnectionStrings__warehouse").GetString().ShouldBe($"{{{warehouse}.connectionString}}");
        environment.TryGetProperty("OTEL_EXPORTER_OTLP_TIMEOUT", out _).ShouldBeFalse("only this host's services are in a hurry to stop");
    }

    [Fact]
    public void The_warehouse_is_a_container_s_database_with_the_schemas_of_production() =>
        Resource("postgres").GetProperty("type").GetString().ShouldBe("container.v0");

    [Theory]
    [InlineData("warehouse", "worker")]
    [InlineData("warehouse-training", "training")]
    [InlineData("warehouse-api", "api")]
    public void Every_service_has_its_own_login_with_a_secret_password(string connection, string login)
    {
        var connectionString = Resource(connection).GetProperty("connectionString").GetString()!;

        connectionString.ShouldContain($"Username=leadline_{login};Password={{{login}-password.value}};Database=warehouse;Search Path=prod");
        connectionString.ShouldNotContain("postgres-password");
        var password = Resource($"{login}-password").GetProperty("inputs").GetProperty("value");
        password.GetProperty("secret").GetBoolean().ShouldBeTrue();
        password.GetProperty("default").TryGetProperty("generate", out _).ShouldBeTrue();
    }

    [Fact]
    public void The_worker_s_data_is_a_parameter_that_the_deployment_gives()
    {
        Resource("worker").GetProperty("env").GetProperty("Leadline__Data").GetString().ShouldBe("{data.value}");
        Resource("data").GetProperty("type").GetString().ShouldBe("parameter.v0");
        Resource("data").GetProperty("inputs").GetProperty("value").TryGetProperty("default", out _).ShouldBeFalse();
    }

    [Fact]
    public void Training_is_a_job_and_the_services_name_what_probes_ask()
    {
        Resource("training").GetProperty("kind").GetString().ShouldBe("job");
        Resource("training").TryGetProperty("health", out _).ShouldBeFalse();
        foreach (var service in (string[])["worker", "api"])
        {
            Resource(service).GetProperty("kind").GetString().ShouldBe("service");
            Resource(service).GetProperty("health").GetProperty("ready").GetString().ShouldBe("/health");
            Resource(service).GetProperty("health").GetProperty("live").GetString().ShouldBe("/alive");
        }
    }

    [Fact]
    public void The_API_alone_is_reached_from_outside()
    {
        Resource("api").GetProperty("bindings").GetProperty("http").GetProperty("external").GetBoolean().ShouldBeTrue();
        Resource("worker").GetProperty("bindings").GetProperty("http").TryGetProperty("external", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_publish_that_would_write_nothing_says_so()
    {
        var (exitCode, output) = await HostProcess.RunAsync("--operation", "publish", "--step", "publish", "--output-path", _folder.File("out"));

        exitCode.ShouldBe(2);
        output.ShouldStartWith("error: There is nothing to publish: the application has no compute environment");
        output.ShouldContain("--publisher manifest");
    }

    private JsonElement Resource(string name) => _resources.GetProperty(name);
}
