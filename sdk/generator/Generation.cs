using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Generator.Arm;
using Generator.CSharp;
using Generator.Typings;

namespace Generator;

/// <summary>The whole run: read the sources, make every file in memory, then write them or compare them.</summary>
internal static class Generation
{
    private const string ClassesFolder = "sdk/Pulumi.AzureNative/Generated";
    private const string MetadataFile = "src/Deploy.Engine/Providers/AzureNative/metadata.json";

    private static readonly JsonSerializerOptions MetadataOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 1,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <param name="args">The repository's folder, and <c>--check</c> to compare only.</param>
    /// <param name="output">Gets one line per file that differs.</param>
    /// <returns>0, or 1 when a comparison found a difference.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        var isCheck = args.Contains("--check");
        var root = args.FirstOrDefault(a => a != "--check") ?? throw new GeneratorException("usage: Generator <repository> [--check]");
        var files = Create(Path.Combine(root, "sdk/generator"));
        return isCheck ? Check(root, files, output) : Write(root, files, output);
    }

    /// <summary>Every generated file by its path in the repository.</summary>
    public static SortedDictionary<string, string> Create(string sources)
    {
        var facts = ArmFacts.Read(File.ReadAllText(Path.Combine(sources, "arm.json")));
        var typings = Numbers.Apply(TypingsModel.Read(File.ReadAllText(Path.Combine(sources, "model.json"))), facts.Doubles);
        RequireAllTypes(Path.Combine(sources, "types.txt"), typings);
        var metadata = new ArmJoin(typings, facts).Run();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { [MetadataFile] = JsonSerializer.Serialize(metadata, MetadataOptions) + "\n" };
        foreach (var (path, text) in new ClassEmitter(typings, metadata).Emit())
        {
            files[$"{ClassesFolder}/{path}"] = text;
        }

        return files;
    }

    private static void RequireAllTypes(string file, TypingsModel typings)
    {
        var wanted = File.ReadAllLines(file).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0).Order(StringComparer.Ordinal);
        var present = typings.Resources.Keys.Concat(typings.Functions.Keys).Order(StringComparer.Ordinal);
        if (!wanted.SequenceEqual(present))
        {
            throw new GeneratorException("types.txt and model.json list different tokens: run sdk/generate where npm is reachable.");
        }
    }

    private static int Check(string root, SortedDictionary<string, string> files, TextWriter output)
    {
        var differences = files.Where(f => !File.Exists(Path.Combine(root, f.Key)) || File.ReadAllText(Path.Combine(root, f.Key)) != f.Value)
            .Select(f => f.Key).Concat(Surplus(root, files)).ToList();
        foreach (var path in differences)
        {
            output.WriteLine($"{path} differs from what sdk/generate makes");
        }

        return differences.Count == 0 ? 0 : 1;
    }

    private static int Write(string root, SortedDictionary<string, string> files, TextWriter output)
    {
        foreach (var path in Surplus(root, files))
        {
            File.Delete(Path.Combine(root, path));
        }

        foreach (var (path, text) in files)
        {
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }

        output.WriteLine($"{files.Count} files");
        return 0;
    }

    private static List<string> Surplus(string root, SortedDictionary<string, string> files)
    {
        var folder = Path.Combine(root, ClassesFolder);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Where(f => !files.ContainsKey(f))];
    }
}
