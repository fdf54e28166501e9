using System.Collections;
using SkillMeat.Collections;
using SkillMeat.Projects.Adoption;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the name of an artifact that lies in a project without a record.</summary>
public sealed class UnrecordedCompleter : SkmCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed)
    {
        var projects = Texts(bound, "Project");
        var request = new AdoptRequest { Projects = projects, IncludeUser = projects.Length == 0, Types = Texts(bound, "Type") };
        return new ArtifactAdopter(OpenHome(bound)).List(request).Select(ArtifactId.Parse).Select(id => new Candidate(typed.Contains(':', StringComparison.Ordinal) ? id.ToString() : id.Name, id.Type.Name));
    }
}
