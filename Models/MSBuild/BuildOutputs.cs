using Models.Compiler;

namespace Models.MSBuild;

/// <summary>The output files of one model project below obj; the targets file refers to them by these names.</summary>
internal sealed class BuildOutputs(string directory)
{
    public string Directory { get; } = directory;

    public string CodeDirectory => Path.Combine(Directory, "generated");

    /// <summary>Records the outputs, for builds in which nothing has to be compiled, and for clean.</summary>
    public void Record(CompilationResult result)
    {
        System.IO.Directory.CreateDirectory(Directory);
        if (!result.Succeeded)
            return;

        File.WriteAllLines(Path.Combine(Directory, "code.txt"), result.CodeFiles);
        File.WriteAllLines(Path.Combine(Directory, "inputs.txt"), result.InputFiles);
        File.WriteAllLines(Path.Combine(Directory, "folders.txt"), result.InputFolders);
        File.WriteAllLines(Path.Combine(Directory, "environment.txt"), result.EnvironmentVariables);

        // written last: it marks the other files as complete
        File.WriteAllText(Path.Combine(Directory, "models.stamp"), "");
        File.SetLastWriteTimeUtc(Path.Combine(Directory, "models.stamp"), TimeProvider.System.GetUtcNow().UtcDateTime);
    }
}
