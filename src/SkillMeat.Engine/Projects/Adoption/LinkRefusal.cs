using SkillMeat.Collections;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption;

/// <summary>Says why links in a project are not adopted. Their files can be anywhere, and change without the project.</summary>
/// <param name="store">The home.</param>
/// <param name="site">The project.</param>
internal sealed class LinkRefusal(CollectionStore store, ProjectSite site)
{
    private readonly ProtectedFolders _protected = new(store.Home);

    /// <summary>Whether a path lies in the home.</summary>
    /// <param name="real">The path, without links in it.</param>
    public bool IsProtected(string real) => _protected.Include(real);

    /// <summary>Returns the reason for a link.</summary>
    /// <param name="real">The path to which it leads, without links in it.</param>
    public string Of(string real) => IsProtected(real) ? "It is a link into the SkillMeat home. Deploy the artifact as a link, which records it."
        : site.User is null && !PathEquality.IsIn(site.Folder, real) ? $"It is a link that leads out of the project, to '{VisibleText.Line(real)}'. Replace it with a copy to adopt it."
        : $"It is a link to '{VisibleText.Line(real)}', which is no place for artifacts of an agent. Replace it with a copy to adopt it.";
}
