using System.Net;
using System.Net.Sockets;

namespace AppHost.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Unknown option '--dta'", "--dta", "x")]
    [InlineData("'--data' needs a value", "--data")]
    [InlineData("'yes' is no port", "--port", "yes")]
    [InlineData("There is no pipeline 'laeds': --pipelines (or Leadline:Pipelines) takes cars, ", "--pipelines", "cars,laeds")]
    [InlineData("'Mars' is no environment", "--environment", "Mars")]
    [InlineData("does not exist", "--data", "/there/is/no/such/folder")]
    [InlineData("neither '", "--data", "no/such/folder")]
    [InlineData("/dev/null' given with --data is a file", "--data", "/dev/null")]
    public async Task A_mistake_on_the_command_line_is_one_clear_line(string expected, params string[] arguments)
    {
        var (exitCode, output) = await HostProcess.RunAsync(arguments);

        exitCode.ShouldBe(2);
        output.ShouldContain(expected);
        output.ShouldStartWith("error: ");
        output.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=w;Username=me", "The server at 127.0.0.1:1 that LEADLINE_POSTGRES names cannot be reached: ")]
    [InlineData("Host=127.0.0.1;Username=me", "LEADLINE_POSTGRES names no database: add 'Database=...'")]
    [InlineData("garbage", "LEADLINE_POSTGRES names 'garbage', which is neither a connection string nor a folder")]
    public async Task A_given_server_that_cannot_be_used_is_named_before_anything_starts(string value, string expected)
    {
        var (exitCode, output) = await HostProcess.RunAsync([("LEADLINE_POSTGRES", value)], "--port", "0");

        exitCode.ShouldBe(2);
        output.ShouldContain(expected);
        output.ShouldStartWith("error: ");
        output.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("Leadline__Port", "yes", "'yes' is no port: --port (or Leadline:Port) takes a number")]
    [InlineData("Leadline__Data", "/there/is/no/such/folder", "given with --data (or Leadline:Data) is not there: ")]
    public async Task A_mistake_in_the_configuration_is_one_clear_line(string name, string value, string expected)
    {
        var (exitCode, output) = await HostProcess.RunAsync([(name, value)]);

        exitCode.ShouldBe(2);
        output.ShouldContain(expected);
        output.ShouldStartWith("error: ");
        output.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_relative_folder_is_looked_for_from_the_working_folder_and_from_the_repository()
    {
        var repository = Path.GetDirectoryName(Projects.AppHost.ProjectPath)!;

        var (_, output) = await HostProcess.RunAsync("--data", "no/such/folder");

        output.ShouldContain($"'{Path.GetFullPath("no/such/folder")}'");
        output.ShouldContain($"'{Path.Combine(repository, "no/such/folder")}'");
    }

    [Fact]
    public async Task Help_lists_every_option()
    {
        var (exitCode, output) = await HostProcess.RunAsync("--help");

        exitCode.ShouldBe(0);
        foreach (var option in (string[])["--data", "--pipelines", "--port", "--environment", "--database", "--reset", "--yes"])
            output.ShouldContain(option);
    }

    [Fact]
    public async Task A_port_in_use_is_named_before_anything_starts()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var folder = new TestFolder();

        var (exitCode, output) = await HostProcess.RunAsync("--port", $"{port}", "--database", folder.File("db"));

        exitCode.ShouldBe(2);
        output.ShouldContain($"Port {port} is in use by another program");
    }

    [Fact]
    public async Task A_reset_that_nobody_agreed_to_deletes_nothing()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder.File("data")).FullName, "kept"), "", TestContext.Current.CancellationToken);

        var (exitCode, output) = await HostProcess.RunAsync("--reset", "--database", folder.Path);

        exitCode.ShouldBe(2);
        output.ShouldContain("--yes");
        File.Exists(Path.Combine(folder.Path, "data", "kept")).ShouldBeTrue();
    }
}
