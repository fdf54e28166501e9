namespace SkillMeat.Cache;

/// <summary>The states of a cache.</summary>
public enum CacheState
{
    /// <summary>The file is used.</summary>
    Ready,

    /// <summary>There is no file yet. The first question makes it.</summary>
    Empty,

    /// <summary>The user switched the cache off. Every process reads what it needs into memory.</summary>
    Off,

    /// <summary>The file cannot be used, so every process reads what it needs into memory.</summary>
    InMemory,

    /// <summary>The disk is full. Nothing is added to the file, and background refreshes pause.</summary>
    Paused,
}
