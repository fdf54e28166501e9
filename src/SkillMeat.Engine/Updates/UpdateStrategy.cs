namespace SkillMeat.Updates;

/// <summary>What becomes of local edits where upstream changed too. In JSON and on the command line: <c>take-upstream keep-local merge prompt</c>.</summary>
public enum UpdateStrategy
{
    /// <summary>What both sides changed is merged by line; where that can't be, nothing of the artifact is changed.</summary>
    Merge,

    /// <summary>Upstream's files replace the local ones; files that exist only locally stay.</summary>
    TakeUpstream,

    /// <summary>The artifact stays as it is, and is still behind upstream afterwards.</summary>
    KeepLocal,

    /// <summary>A person is asked for each artifact. The engine itself asks nobody: who asks tells it what was chosen.</summary>
    Prompt,
}
