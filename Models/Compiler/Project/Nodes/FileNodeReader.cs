using Models.Compiler.Graph;
using Models.Compiler.Project.Files;
using Models.Compiler.Project.Packages;
using Models.Diagnostics;
using Models.Jinja;

namespace Models.Compiler.Project.Nodes;

/// <summary>Reads the nodes of a package that are one file each, beside models: seeds, analyses, singular tests.</summary>
internal sealed class FileNodeReader(ParseSession session, PackageFiles package)
{
    private readonly string _name = package.Project.Name;

    public void Read()
    {
        Parallel.ForEach(package.Seeds, session.Parallelism, ReadSeed);
        Parallel.ForEach(package.Analyses, session.Parallelism, ReadAnalysis);
        Parallel.ForEach(package.SingularTests, session.Parallelism, ReadSingularTest);
    }

    private void ReadSeed(ProjectFilePath file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Relative);
        var seed = new SeedNode
        {
            UniqueId = $"seed.{_name}.{name}",
            Name = name,
            PackageName = _name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.BelowFolder,
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = ParseSession.Fqn(_name, file.BelowFolder, name),
            FilePath = file.Absolute,
            Relation = session.Provisional(name),
        };
        var properties = session.Properties.Find(_name, "seeds", name);
        session.Configure(seed, package.Project, properties);
        session.Describe(seed, properties);
        session.CaptureHooks(seed);
        session.Name(seed);
        session.Add(seed);
    }

    private void ReadAnalysis(ProjectFilePath file)
    {
        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        var name = Path.GetFileNameWithoutExtension(file.Relative);
        var analysis = new AnalysisNode
        {
            UniqueId = $"analysis.{_name}.{name}",
            Name = name,
            PackageName = _name,
            OriginalFilePath = file.Relative,
            PathInFolder = $"analysis/{file.BelowFolder}",
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = ParseSession.Fqn(_name, $"analysis/{file.BelowFolder}", name),
            Source = source,
            Relation = session.Provisional(name),
            Template = Template.Parse(source, session.Diagnostics),
        };
        var properties = session.Properties.Find(_name, "analyses", name);
        session.Configure(analysis, package.Project, properties);
        session.Configure(analysis, package.Project, properties, session.Capture(analysis));
        session.Describe(analysis, properties);
        session.Name(analysis);
        session.Add(analysis);
    }

    private void ReadSingularTest(ProjectFilePath file)
    {
        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        // a file of {% test %} blocks outside of tests/generic defines nothing: dbt reads it as a test that selects nothing
        var template = Template.Parse(source, session.Diagnostics);
        var name = Path.GetFileNameWithoutExtension(file.Relative);
        var test = new TestNode
        {
            UniqueId = $"test.{_name}.{name}",
            Name = name,
            PackageName = _name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.BelowFolder,
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = ParseSession.Fqn(_name, file.BelowFolder, name),
            Source = source,
            Relation = session.Provisional(name),
            Template = template,
        };
        var properties = session.Properties.Find(_name, "data_tests", name);
        session.Configure(test, package.Project, properties);
        session.Configure(test, package.Project, properties, session.Capture(test));
        session.Describe(test, properties);
        session.Name(test);
        session.Add(test);
    }
}
