namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>
/// What Azure would do, by brute force and in the plainest way: instance by instance, core by core out of the pools. Shares nothing with the code it is held against.
/// </summary>
internal sealed class QuotaOracle(QuotaWorld world)
{
    private const int MostEndpoints = 100;
    private const int MostDeployments = 500;
    private const int MostDeploymentsPerEndpoint = 20;
    private const int MostInstances = 50;
    private const int MostServerlessPerModel = 1;

    /// <summary>Whether a family has too few cores for endpoints, and how many were left; null left is no limit.</summary>
    public (bool Blocks, long? Left) Family(string family, Func<string, bool> isMeant) =>
        Take(world.Families.Single(item => item.Id == family).Pool, item => item.Size.Family == family && isMeant(Label(item)));

    public (bool Blocks, long? Left) Total() => world.Total is null ? (false, null) : Take(world.Total, _ => true);

    /// <summary>Missing instances, and what their cores are, of the endpoints of a family; the reserve apart.</summary>
    public (long Cores, long Reserve) Wanted(string family)
    {
        var (cores, reserve) = (0L, 0L);
        foreach (var (size, isReserve) in All().Where(item => item.Size.Family == family).SelectMany(Instances))
        {
            if (isReserve)
            {
                reserve += size.Cores;
            }
            else
            {
                cores += size.Cores;
            }
        }

        return (cores, reserve);
    }

    public bool BlocksEndpoints()
    {
        var there = world.OtherEndpoints + All().Count(item => item.Running is not null);
        foreach (var _ in All().Where(item => item.Running is null))
        {
            there++;
        }

        return there > MostEndpoints && All().Any(item => item.Running is null);
    }

    public bool BlocksDeployments()
    {
        var there = world.OtherDeployments + All().Sum(item => item.Running?.Count ?? 0);
        var added = 0;
        foreach (var _ in All().Where(item => item.Running is not { Count: > 0 }))
        {
            there++;
            added++;
        }

        return there > MostDeployments && added > 0;
    }

    public static bool BlocksBehind(WorldEndpoint item) => item.Running is not { Count: > 0 } && MostDeploymentsPerEndpoint < 1;

    public static bool BlocksInstances(WorldEndpoint item) => item.Instances > MostInstances && Instances(item).Any();

    public bool BlocksServerless(WorldEnvironment environment, string project, string model)
    {
        var workspace = QuotaWorld.Workspace(environment.Stack.Value, project);
        var there = world.Strangers.Count(item => item == (workspace, model));
        foreach (var item in environment.Serverless.Concat(environment.Leftovers).Where(item => item.Project == project && item.HeldModel == model))
        {
            there++;
        }

        var added = 0;
        foreach (var item in environment.Serverless.Where(item => item.Project == project && item.Model == model && item.HeldModel != model))
        {
            there++;
            added++;
        }

        return added > 0 && there > MostServerlessPerModel;
    }

    /// <summary>Whether Azure would refuse anything of what the environments still want.</summary>
    public bool BlocksAnything() =>
        world.Families.Any(family => Family(family.Id, _ => true).Blocks)
        || Total().Blocks || BlocksEndpoints() || BlocksDeployments()
        || All().Any(item => BlocksBehind(item) || BlocksInstances(item))
        || world.Environments.Any(environment => environment.Serverless.Any(item => BlocksServerless(environment, item.Project, item.Model)));

    public string Label(WorldEndpoint item) => $"{world.Environments.Single(one => one.Endpoints.Contains(item)).Stack}/{item.Project}/{item.Setting}";

    private IEnumerable<WorldEndpoint> All() => world.Environments.SelectMany(environment => environment.Endpoints);

    private (bool Blocks, long? Left) Take(WorldPool pool, Func<WorldEndpoint, bool> isMeant)
    {
        var free = pool.Limit - pool.Used;
        var taken = 0L;
        foreach (var (size, _) in All().Where(isMeant).SelectMany(Instances))
        {
            for (var core = 0; core < size.Cores; core++)
            {
                free--;
                taken++;
            }
        }

        return (taken > 0 && free < 0, free);
    }

    /// <summary>The instances that still have to find a place; then those that must have one free for an upgrade.</summary>
    private static IEnumerable<(WorldSize Size, bool IsReserve)> Instances(WorldEndpoint item)
    {
        var running = Becomes(item)?.Instances ?? 0;
        if (running >= item.Instances)
        {
            yield break;
        }

        for (var number = running + 1; number <= item.Instances; number++)
        {
            yield return (item.Size, false);
        }

        for (var number = item.Instances; !item.Size.IsExempt && number * 10 < item.Instances * 12; number++)
        {
            yield return (item.Size, true);
        }
    }

    /// <summary>The deployment that stays: alone, it keeps its instances whatever model it gets; of several, the one that carries the planned model. Another size starts anew.</summary>
    private static WorldDeployment? Becomes(WorldEndpoint item)
    {
        WorldDeployment? best = null;
        foreach (var deployment in item.Running ?? [])
        {
            var carries = item.Running!.Count == 1 || (deployment.Model == item.Model && deployment.Version == item.Version);
            if (deployment.Size.Name == item.Size.Name && carries && (best is null || deployment.Instances > best.Instances))
            {
                best = deployment;
            }
        }

        return best;
    }
}
