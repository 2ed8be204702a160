using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Parsing.Packages;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Reads the nodes of a package that are one file each, except models: seeds, analyses, singular tests.</summary>
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
        var name = file.Stem;
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
        seed = ParseSession.Describe(session.Configure(seed, package.Project, properties), properties);
        session.Add(session.Name(session.CaptureHooks(seed)));
    }

    private void ReadAnalysis(ProjectFilePath file)
    {
        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        var name = file.Stem;
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
            LazyTemplate = new(TemplateReader.Read(source, session.Diagnostics)),
        };
        var properties = session.Properties.Find(_name, "analyses", name);
        (analysis, var capture) = session.Capture(session.Configure(analysis, package.Project, properties));
        analysis = session.Configure(analysis, package.Project, properties, capture);
        session.Add(session.Name(ParseSession.Describe(analysis, properties)));
    }

    private void ReadSingularTest(ProjectFilePath file)
    {
        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        // a file of {% test %} blocks outside of tests/generic defines no macros: dbt reads it as a test without SQL
        var template = TemplateReader.Read(source, session.Diagnostics);
        var name = file.Stem;
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
            LazyTemplate = new(template),
        };
        var properties = session.Properties.Find(_name, "data_tests", name);
        (test, var capture) = session.Capture(session.Configure(test, package.Project, properties));
        test = session.Configure(test, package.Project, properties, capture);
        session.Add(session.Name(ParseSession.Describe(test, properties)));
    }
}
