namespace Benchmarks;

internal interface IBenchmark
{
    string Name { get; }

    /// <summary>One line: what is compared with what.</summary>
    string Description { get; }

    /// <exception cref="BenchmarkException">What ran did not do what is measured.</exception>
    Task RunAsync(Report report, CancellationToken cancellationToken);
}
