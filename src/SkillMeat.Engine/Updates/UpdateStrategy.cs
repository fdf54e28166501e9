namespace SkillMeat.Updates;

/// <summary>The treatment of local edits when upstream changed too. In JSON and on the command line: <c>take-upstream keep-local merge prompt</c>.</summary>
public enum UpdateStrategy
{
    /// <summary>Merges files that both sides changed by line. If that is not possible, nothing of the artifact is changed.</summary>
    Merge,

    /// <summary>Replaces the fetched files by upstream's. Files that exist only locally stay.</summary>
    TakeUpstream,

    /// <summary>Leaves the artifact as it is, behind upstream.</summary>
    KeepLocal,

    /// <summary>Lets a person choose for each artifact. The engine does not prompt: it plans a merge, and the caller passes on the choice.</summary>
    Prompt,
}
