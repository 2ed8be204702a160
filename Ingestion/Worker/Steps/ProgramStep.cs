using System.ComponentModel;
using System.Diagnostics;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Steps;

/// <summary>
/// Runs the program that trains or scores, as the configuration names it, with 'train' or 'score' as its argument; exit code 0 is its success.
/// </summary>
internal sealed class ProgramStep(IConfiguration configuration, IOptions<IngestionOptions> options) : IStepAction
{
    /// <summary>The warehouse with the login of these programs; where it is not set they have the worker's own.</summary>
    private const string ServingConnection = "serving";

    /// <summary>Beginnings of the worker's settings that a program does not get: it has no use for them.</summary>
    private static readonly string[] s_withheld = ["Secrets__", "ConnectionStrings__", $"{IngestionOptions.Section}__{nameof(IngestionOptions.ApiKeys)}__"];

    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Train, StepKind.Score];

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var kind = context.Step.Kind.ToString().ToLowerInvariant();
        var setting = $"{IngestionOptions.Section}__{nameof(IngestionOptions.Programs)}__{kind}";
        var isSet = options.Value.Programs.TryGetValue(kind, out var program) && !string.IsNullOrWhiteSpace(program);
        if (!isSet && context.Step.IsOptional)
        {
            Log.ProgramLeftOut(context.Logger, context.Pipeline.Name, context.Step.Name, setting);
            return new StepResult();
        }

        if (!isSet)
            throw new PipelineException($"Step '{context.Step.Name}' runs the program of {setting}, which is not set. Set it to the program's file.");
        if (!File.Exists(program))
            throw new PipelineException($"The program '{program}' of {setting} does not exist.");

        using var process = new Process { StartInfo = StartInfo(program!, kind) };
        process.OutputDataReceived += (_, line) => Say(context, line.Data);
        process.ErrorDataReceived += (_, line) => Say(context, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            throw new PipelineException($"The program '{program}' of {setting} cannot be started: {refused.Message}", refused);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode == 0
            ? new StepResult()
            : throw new PipelineException($"'{Path.GetFileName(program)}' ended with exit code {process.ExitCode}; the run's log has what it said");
    }

    private ProcessStartInfo StartInfo(string program, string kind)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var isAssembly = Path.GetExtension(program) == ".dll";
        start.FileName = isAssembly ? "dotnet" : program;
        if (isAssembly)
            start.ArgumentList.Add(program);
        start.ArgumentList.Add(kind);

        foreach (var name in start.Environment.Keys.Where(k => s_withheld.Any(w => k.StartsWith(w, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        start.Environment[$"ConnectionStrings__{WarehouseStart.ConnectionName}"] =
            configuration.GetConnectionString(ServingConnection) ?? configuration.GetConnectionString(WarehouseStart.ConnectionName);
        return start;
    }

    private static void Say(StepContext context, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            Log.ProgramSaid(context.Logger, context.Pipeline.Name, context.Step.Name, line);
    }
}
