using Deploy.Core;
using Deploy.Environments;

namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>Draws a world from a seed: mostly near the limits, where verdicts are made.</summary>
internal sealed class QuotaDraw(int seed)
{
    private static readonly (string Id, string[] Words)[] FamilyNames =
    [
        ("standardNCSv3Family", ["NC", "Sv3"]), ("standardNCADSA100v4Family", ["NCADS", "A100", "v4"]), ("standard NCASv3_T4 Family", ["NCAS", "v3", "T4"]),
        ("standardNVADSA10v5Family", ["NVADS", "A10", "v5"]), ("standardNCADSH100v5Family", ["NCADS", "H100", "v5"]), ("standardFSv2Family", ["FS", "v2"]),
        ("standardNewGpuFamily", ["New", "Gpu"]),
    ];

    private static readonly WorldSize[] Sizes =
    [
        Listed("Standard_NC6s_v3", 0, 6, false), Listed("Standard_NC12s_v3", 0, 12, false), Listed("Standard_NC24s_v3", 0, 24, false),
        Listed("Standard_NC24ads_A100_v4", 1, 24, true), Listed("Standard_NC48ads_A100_v4", 1, 48, true), Listed("Standard_NC96ads_A100_v4", 1, 96, true),
        Listed("Standard_NC4as_T4_v3", 2, 4, false), Listed("Standard_NC64as_T4_v3", 2, 64, false),
        Listed("Standard_NV6ads_A10_v5", 3, 6, false), Listed("Standard_NV72ads_A10_v5", 3, 72, false),
        Listed("Standard_NC40ads_H100_v5", 4, 40, true), Listed("Standard_NC80adis_H100_v5", 4, 80, true),
        Listed("Standard_F4s_v2", 5, 4, false),
    ];

    private static readonly string[] Models = ["Phi-4", "Phi-4-mini-instruct", "Phi-3.5-mini-instruct"];
    private readonly Random _random = new(seed);

    public QuotaWorld Draw()
    {
        var environments = Enumerable.Range(0, Pick(1, 1, 1, 2, 3)).Select(number => Environment(StackName.TryParse($"s{number}")!)).ToArray();
        var endpoints = environments.SelectMany(environment => environment.Endpoints).ToArray();
        var families = FamilyNames.Select(name => new WorldFamily(name.Id, name.Words, Pool(endpoints, family: name.Id))).ToArray();
        var (behind, here) = (endpoints.Sum(item => item.Running?.Count ?? 0), endpoints.Count(item => item.Running is not null));
        return new QuotaWorld
        {
            Environments = environments,
            Families = families,
            Total = Chance(3) ? null : Pool(endpoints, null),
            OtherEndpoints = Chance(8) ? Math.Max(0, 100 - here - endpoints.Length + _random.Next(0, 3 + endpoints.Length)) : Pick(0, 0, 1, 7),
            OtherDeployments = Chance(60) ? Math.Max(0, 500 - behind - endpoints.Length + _random.Next(0, 3 + endpoints.Length)) : Pick(0, 0, 2, 9),
            Strangers = [.. environments.SelectMany(environment => environment.Serverless).Where(_ => Chance(5)).Select(item =>
                (QuotaWorld.Workspace(environments.First(one => one.Serverless.Contains(item)).Stack.Value, item.Project), Of(Models)))],
            Telling = Tell(),
        };
    }

    private WorldEnvironment Environment(StackName stack)
    {
        var endpoints = Enumerable.Range(0, _random.Next(0, 4)).Select(number => Endpoint(stack, Of("p1", "p2"), $"m{number}")).ToArray();
        var serverless = Enumerable.Range(0, _random.Next(endpoints.Length == 0 ? 1 : 0, 3)).Select(number => Serverless(stack, Of("p1", "p2"), $"s{number}")).ToArray();
        var leftovers = serverless.Where(_ => Chance(6)).Select(item => new WorldServerless(item.Project, "gone", Naming.EndpointName(QuotaWorld.Subscription, stack, item.Project, $"gone{item.Setting}"), "", Of(Models)));
        return new(stack, endpoints, serverless, [.. leftovers]);
    }

    private WorldEndpoint Endpoint(StackName stack, string project, string setting)
    {
        var size = Size();
        var (model, version) = (Of(Models), Of("7", "8"));
        IReadOnlyList<WorldDeployment>? running = _random.Next(5) switch
        {
            0 or 1 => null,
            2 => [],
            3 => [Deployment("default", size, model, version)],
            _ => [Deployment("blue", size, model, version), Deployment("green", size, model, version)],
        };
        return new(project, setting, Naming.EndpointName(QuotaWorld.Subscription, stack, project, setting), size, Pick(1, 1, 2, 3, 5, 7, 10, 50), model, version, running);
    }

    // A state that does not say the model is taken at its word, so then it is the planned one.
    private WorldDeployment Deployment(string name, WorldSize size, string model, string version)
    {
        var says = !Chance(5);
        return new(name, Chance(4) ? Size() : size, Pick(1, 1, 2, 4, 10), says && Chance(4) ? Of(Models) : model, says && Chance(3) ? Of("7", "8") : version, says);
    }

    private WorldServerless Serverless(StackName stack, string project, string setting)
    {
        var model = Of(Models);
        return new(project, setting, Naming.EndpointName(QuotaWorld.Subscription, stack, project, setting), model, Chance(2) ? null : Chance(4) ? Of(Models) : model);
    }

    // Sizes that came after the catalog was written: each has one truth per world.
    private readonly WorldSize[] _newSizes =
        [.. Enumerable.Range(0, 4).Select(number => new WorldSize($"Standard_New{number}", "standardNewGpuFamily", 10 + (10 * (number & 1)), ((seed >> number) & 1) == 0, IsListed: false, IsOffered: number > 0))];

    private WorldSize Size() => Chance(12) ? Of(_newSizes) : Of(Sizes);

    /// <summary>A pool whose limit lies about where the need ends.</summary>
    private WorldPool Pool(IReadOnlyList<WorldEndpoint> endpoints, string? family)
    {
        var own = endpoints.SelectMany(item => item.Running ?? []).Where(item => family is null || item.Size.Family == family).Sum(item => (long)item.Size.Cores * item.Instances);
        var wish = endpoints.Where(item => family is null || item.Size.Family == family).Sum(item => item.Size.Cores * Math.Ceiling(1.2 * item.Instances));
        var used = own + Pick(0, 0, 4, 24, 96);
        return new(used, Chance(9) ? null : Chance(9) ? 0 : used + Math.Max(0, (long)(wish * _random.NextDouble() * 1.5) + _random.Next(-2, 3)));
    }

    private Telling Tell() => Chance(2) ? Everything : new Telling
    {
        SeesSubscription = !Chance(4),
        Usages = Status(),
        Sizes = Status(),
        Endpoints = Status(),
        Deployments = Status(),
        Serverless = Status(),
        Stranger = Status(),
        UsagesAreEmpty = Chance(10),
        Missing = FamilyNames.Where(_ => Chance(8)).Select(name => name.Id).ToHashSet(),
        Placeless = Pick(0, 0, 0, 2),
    };

    private static Telling Everything => new()
    {
        SeesSubscription = true,
        Usages = 200,
        Sizes = 200,
        Endpoints = 200,
        Deployments = 200,
        Serverless = 200,
        Stranger = 200,
        UsagesAreEmpty = false,
        Missing = new HashSet<string>(),
        Placeless = 0,
    };

    private int Status() => Chance(8) ? Of(403, 404, 429, 500, 0) : 200;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private int Pick(params int[] values) => Of(values);

    private T Of<T>(params T[] values) => values[_random.Next(values.Length)];

    private static WorldSize Listed(string name, int family, int cores, bool isExempt) => new(name, FamilyNames[family].Id, cores, isExempt, IsListed: true, IsOffered: true);
}
