namespace SkillMeat.Errors;

/// <summary>
/// Any failure the engine reports. <see cref="ErrorId"/> is stable across versions: it becomes the <c>FullyQualifiedErrorId</c>
/// in PowerShell, the <c>code</c> in JSON and the problem type over REST. <see cref="Exception.Message"/> is one line for a person.
/// </summary>
/// <remarks>Immutable, so instances can be read from any thread.</remarks>
public class SkillMeatException : Exception
{
    /// <summary>Makes an error with its stable id and the line a person reads.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">One line: what went wrong, with which file or address, and what helps.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public SkillMeatException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
    }

    /// <summary>The stable id of this kind of failure, one of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }
}
