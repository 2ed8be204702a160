using System.Diagnostics;
using System.Globalization;
using Models.Compiler;
using Models.Project.Configuration;

namespace Benchmarks;

/// <summary>
/// Compiles synthetic projects: parse, render and graph alone; with analysis and artifacts; with one model edited. Each
/// compilation is a process of its own (this program, called with <see cref="ChildCommand"/>), so that start-up and
/// just-in-time compilation count, and its memory is its own.
/// </summary>
internal sealed class CompileBenchmark : IBenchmark
{
    public const string ChildCommand = "compile-once";

    private static readonly int[] s_sizes = [1_000, 5_000, 10_000];

    public string Name => "compile";

    public string Description => "synthetic projects, each compilation a new process";

    public Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        foreach (var models in s_sizes)
        {
            var project = Path.Combine(folder.Path, $"models-{models}");
            var cache = Path.Combine(folder.Path, $"cache-{models}");
            SyntheticProject.Write(project, models);
            var goals = models == 5_000;

            var parse = Compile(project, models, cache: null);
            report.Figure($"{models} models: parse + render + graph", parse.Seconds, "s", goals ? 2 : null);

            var cold = Compile(project, models, cache);
            report.Figure($"{models} models: with analysis and artifacts", cold.Seconds, "s", goals ? 5 : null);
            report.Figure($"{models} models: peak memory", cold.PeakMegabytes, "MB", goals ? 500 : null);

            File.AppendAllText(SyntheticProject.ChainEnd(project, 0), "where id > 0\n");
            var edited = Compile(project, models, cache);
            report.Figure($"{models} models: one edited, as measured inside", edited.InsideSeconds, "s", goals ? 0.5 : null);
            if (edited.Analysed is 0 or > SyntheticProject.GroupSize)
                throw new BenchmarkException($"One edited model made {edited.Analysed} of {models} be analysed again.");
        }

        return Task.CompletedTask;
    }

    /// <summary>The child process: compiles once and prints seconds, nodes and analysed nodes.</summary>
    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var cache = arguments.Length > 1 ? arguments[1] : null;
        var result = await ProjectCompiler.CompileAsync(
            new CompileOptions { ProjectDirectory = arguments[0] },
            new BuildOptions { Analysis = cache is not null, CacheDirectory = cache, WriteArtifacts = cache is not null },
            CancellationToken.None);
        foreach (var diagnostic in result.Diagnostics)
            await Console.Error.WriteLineAsync(diagnostic.ToString());

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds} {result.Project.Graph.InOrder.Count} {result.AnalysedCount}"));
        return result.Succeeded ? 0 : 1;
    }

    private static Compilation Compile(string project, int models, string? cache)
    {
        var run = ProcessRun.Start(Environment.ProcessPath!, [ChildCommand, project, .. cache is null ? (string[])[] : [cache]]);
        var figures = run.Output.Split(' ', StringSplitOptions.TrimEntries);
        var nodes = int.Parse(figures[1], CultureInfo.InvariantCulture);

        // each model has two tests
        if (nodes != models * 3)
            throw new BenchmarkException($"{nodes} nodes were found where {models * 3} were written.");

        return new Compilation(
            run.Seconds, double.Parse(figures[0], CultureInfo.InvariantCulture), run.PeakMegabytes, int.Parse(figures[2], CultureInfo.InvariantCulture));
    }

    private sealed record Compilation(double Seconds, double InsideSeconds, double PeakMegabytes, int Analysed);
}
