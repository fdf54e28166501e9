using System.Text;
using SkillMeat.Cache.Lists;
using SkillMeat.Collections;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Artifacts;

/// <summary>Reads an artifact with everything that is known of it.</summary>
internal sealed class ArtifactReader(ServedHome home)
{
    // A copy that was edited by hand is noticed after this time, everything else at once.
    public static TimeSpan MaxDeploymentAge { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Answers an artifact. The entity tag is that of its files as well.</summary>
    /// <exception cref="Errors.SkillMeatException">There is no such artifact.</exception>
    public JsonAnswer Show(Collection collection, string id)
    {
        var artifact = collection.Find(id);
        var found = home.Artifacts.Find(new ListQuery { Collection = collection.Name, Ids = [artifact.ArtifactId], Limit = 1, MaxDeploymentAge = MaxDeploymentAge }).Items;
        var detail = new ArtifactDetailJson(ArtifactJson.Of(artifact), GroupNames.Of(collection).Find(artifact.ArtifactId), found.Count == 0 ? null : ArtifactUpdateJson.Of(found[0]));
        return JsonAnswer.Of(detail, Encoding.UTF8.GetBytes(home.Contents.StateOf(collection, artifact)));
    }
}
