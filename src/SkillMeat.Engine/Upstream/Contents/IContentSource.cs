using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>Brings content of one kind of repository into a store. Safe from several threads.</summary>
internal interface IContentSource
{
    /// <summary>Fetches all paths at once. They are in the store when this returns.</summary>
    /// <param name="question">Its commit is one (but for folders), in lower case; its paths have no empty parts and no <c>..</c>.</param>
    /// <param name="store">Where the content goes.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind then.</param>
    /// <returns>The paths in the question's order.</returns>
    /// <exception cref="SkillMeatException">The repository as a whole can't be had, or the store can't be written.</exception>
    Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectStore store, CancellationToken cancellationToken);
}
