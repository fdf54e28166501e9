using SkillMeat.Cache.Lists;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Artifacts;

/// <summary>Reads an artifact with everything that is known of it.</summary>
internal sealed class ArtifactReader(ServedHome home)
{
    // A copy that was edited by hand is noticed after this time, everything else at once.
    public static TimeSpan MaxDeploymentAge { get; } = TimeSpan.FromSeconds(5);

    /// <exception cref="Errors.SkillMeatException">There is no such collection or artifact.</exception>
    public ArtifactDetailJson Read(string? collection, string id)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id);
        var found = home.Artifacts.Find(new ListQuery { Collection = read.Name, Ids = [artifact.ArtifactId], Limit = 1, MaxDeploymentAge = MaxDeploymentAge }).Items;
        return new ArtifactDetailJson(ArtifactJson.Of(artifact), GroupNames.Of(read).Find(artifact.ArtifactId), found.Count == 0 ? null : ArtifactUpdateJson.Of(found[0]));
    }
}
