using Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [NAME ...]
if (args is [CompileBenchmark.ChildCommand, .. var arguments])
    return await CompileBenchmark.RunChildAsync(arguments);
if (args is [LoadBenchmark.ChildCommand, .. var load])
    return await LoadBenchmark.RunChildAsync(load);
if (args is [HttpLoad.ChildCommand, .. var http])
    return await HttpLoad.RunChildAsync(http);
if (args is [BareService.ChildCommand, .. var bare])
    return await BareService.RunChildAsync(bare);

var report = new Report();
IBenchmark[] all =
[
    new CompileBenchmark(), new BuildBenchmark(), new RunBenchmark(), new StartBenchmark(), new AppBenchmark(), new PipelineBenchmark(), new WarehouseBenchmark(),
    new LoadBenchmark(), new KillBenchmark(), new PredictBenchmark(), new TrainingBenchmark(),
];
var chosen = args.Length == 0 ? all : [.. all.Where(b => args.Contains(b.Name))];
if (chosen.Length < args.Length)
{
    Console.Error.WriteLine($"Unknown benchmark. There are: {string.Join(", ", all.Select(b => b.Name))}.");
    return 2;
}

try
{
    foreach (var benchmark in chosen)
    {
        report.Heading($"{benchmark.Name}: {benchmark.Description}");
        await benchmark.RunAsync(report, CancellationToken.None);
    }
}
catch (BenchmarkException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

return report.ExitCode;
