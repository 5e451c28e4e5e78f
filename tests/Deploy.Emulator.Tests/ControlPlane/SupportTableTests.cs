using System.Reflection;
using Deploy.ArmTypes;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.ControlPlane.Support;
using Deploy.Emulator.Faults;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class SupportTableTests
{
    private static readonly IReadOnlyList<ErrorRow> ErrorRows = [.. ErrorSupport.Areas.SelectMany(area => area.Rows)];

    private static readonly IReadOnlyList<SupportRow> Rows = [.. SupportTable.Areas.SelectMany(area => area.Rows)];

    // DEPLOY_TEST_RECORD=1 writes the page; without it, the page must be what would be written.
    [Fact]
    public async Task Document_OfTheTable_IsCurrent()
    {
        var file = Path.Combine(Repository.Root, "docs", "emulator-support.md");
        var page = SupportDocument.Render(SupportTable.Areas, SupportEvidence.Read(Path.Combine(Repository.Root, "tests", "conformance", "evidence")), ArmTypeIndex.Default);
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_RECORD") == "1")
        {
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), page, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Types_WithBehaviour_HaveARow() =>
        Assert.Empty(new Behaviours().Types.Except(Rows.Select(row => row.Target), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Rows_OnResourceTypes_AreSpelledAsTheDefinitions()
    {
        var types = Rows.Where(row => row.Methods.Contains("PUT") && row.Target.StartsWith("Microsoft.", StringComparison.Ordinal)).Select(row => row.Target);
        Assert.DoesNotContain(types, type => ArmTypeIndex.Default.ApiVersions(type).Count == 0);
    }

    [Fact]
    public void Proofs_OfEveryRow_AreTests()
    {
        var tests = Tests();
        Assert.DoesNotContain(Rows.SelectMany(row => row.Proofs), proof => !tests.Contains(proof.Test));
    }

    [Fact]
    public void Errors_OfEveryRow_HaveTheirTestAndCase()
    {
        var tests = Tests();
        Dictionary<string, IReadOnlyList<string>> cases = new()
        {
            [nameof(DocumentedErrorTests)] = Strings(DocumentedErrorTests.Symptoms()),
            ["DeploymentErrorTests.Deployment_CannotStart_EndsItsOperationAsAzureDoes"] = Strings(DeploymentErrorTests.CaseNames()),
            ["DeploymentErrorTests.Deployment_FailureByRule_HasAzuresWords"] = Strings(DeploymentErrorTests.RuleNames()),
        };
        foreach (var row in ErrorRows)
        {
            var (test, name) = row.Test.Split(':', 2) is [var first, var second] ? (first, second) : (row.Test, null);
            Assert.Contains(test, tests);
            Assert.True(name is null || (cases.GetValueOrDefault(test) ?? cases[test.Split('.')[0]]).Contains(name), row.Test);
        }
    }

    [Fact]
    public void Errors_OfTheTests_HaveTheirRow()
    {
        var named = ErrorRows.Select(row => row.Test[(row.Test.IndexOf(':', StringComparison.Ordinal) + 1)..]).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Strings(DocumentedErrorTests.Symptoms()), symptom => !named.Contains(symptom) && !named.Contains(symptom.Split(": ")[0]));
        Assert.DoesNotContain(Strings(DeploymentErrorTests.RuleNames()), name => !ErrorRows.Any(row => !row.IsBehaviour && row.Cause.Contains(name.Split('/')[0], StringComparison.Ordinal)));
        Assert.Equal(DocumentedFailures.Names, Strings(DeploymentErrorTests.RuleNames()));
    }

    [Fact]
    public void Evidence_OfAClient_NamesItWithWhatItDid()
    {
        SupportArea[] areas = [new() { Title = "T", Rows = [SupportRow.Of("PUT GET LIST", "Microsoft.X/a", "does", "AccessTests"), SupportRow.Of("POST", "Microsoft.X/a/go", "goes")], Missing = ["more"] }];
        SupportEvidence[] evidence = [new("azure-cli", ["GET microsoft.x/A"]), new("npm", ["PUT Microsoft.X/a", "GET Microsoft.X/a", "nonsense"])];
        var page = SupportDocument.Render(areas, evidence, ArmTypeIndex.Default);
        Assert.Contains("| PUT GET LIST `Microsoft.X/a` | any | does | azure-cli (GET LIST), npm, https |", page, StringComparison.Ordinal);
        Assert.Contains("| POST `Microsoft.X/a/go` | any | goes | - |", page, StringComparison.Ordinal);
        Assert.Contains("Not yet: more.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_FilesOfSuites_AreReadInOrder()
    {
        var folder = Directory.CreateTempSubdirectory("evidence-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "b.json"), """{ "client": "second", "operations": [] }""");
            File.WriteAllText(Path.Combine(folder, "a.json"), """{ "client": "first", "operations": ["GET X"] }""");
            Assert.Equal(["first", "second"], SupportEvidence.Read(folder).Select(evidence => evidence.Client));
            Assert.Empty(SupportEvidence.Read(Path.Combine(folder, "none")));
            File.WriteAllText(Path.Combine(folder, "c.json"), "{}");
            Assert.Contains("c.json", Assert.Throws<InvalidDataException>(() => SupportEvidence.Read(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HashSet<string> Tests() => Assembly.GetExecutingAssembly().GetTypes()
        .SelectMany(type => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).SelectMany(method => new[] { type.Name, $"{type.Name}.{method.Name}" }))
        .ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<string> Strings(TheoryData<string> data) => [.. data.Select(row => row.Data)];
}
