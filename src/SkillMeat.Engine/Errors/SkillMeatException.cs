namespace SkillMeat.Errors;

/// <summary>
/// The base of all errors that the engine reports. <see cref="ErrorId"/> is stable across versions: it becomes the <c>FullyQualifiedErrorId</c>
/// in PowerShell, the <c>code</c> in JSON and the problem type in REST. <see cref="Exception.Message"/> is one line for the user.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public class SkillMeatException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">One line: what happened, with which file or address, and what to do next.</param>
    /// <param name="innerException">The cause, or null.</param>
    public SkillMeatException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>The stable id of this kind of failure, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The existing name that the caller probably meant instead of an unknown one, or null.</summary>
    public string? Nearest { get; init; }
}
