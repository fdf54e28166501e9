#Requires -Version 7.4
<#
.SYNOPSIS
    Refreshes collections every day, as a scheduled task of Windows or a line of the user's crontab.
.DESCRIPTION
    The task runs Refresh-Collections.Runbook.ps1, which lies beside this script, in a PowerShell without profile that asks nothing.

    In a crontab one line is ours, and ends with the task's name in a comment. All other lines stay as they are. A crontab that can't be read is an error and never
    taken to be empty.
.PARAMETER TaskName
    The name of the task. Registering it again replaces it.
.PARAMETER SkillMeatHome
    The home folder.
.PARAMETER Collection
    The collections; wildcards.
.PARAMETER At
    The time of the day, in local time.
.PARAMETER CheckOnly
    Only checks for updates, and changes nothing.
.PARAMETER LogPath
    A file to which everything that the task says is added. Without it: what the scheduler does with it.
.PARAMETER Unregister
    Removes the task.
.PARAMETER Scheduler
    TaskScheduler on Windows, Cron elsewhere.
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -At 06:30 -LogPath ~/skillmeat.log
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -CheckOnly -WhatIf
    Says what would be registered.
.EXAMPLE
    ./Register-RefreshTask.ps1 -Unregister
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Register')]
param(
    [ValidatePattern('^[\w .-]+$')]
    [string] $TaskName = 'SkillMeat refresh',

    [Parameter(Mandatory, ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string[]] $Collection = '*',

    [Parameter(ParameterSetName = 'Register')]
    [timespan] $At = '06:30',

    [Parameter(ParameterSetName = 'Register')]
    [switch] $CheckOnly,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $LogPath,

    [Parameter(Mandatory, ParameterSetName = 'Unregister')]
    [switch] $Unregister,

    [ValidateSet('TaskScheduler', 'Cron')]
    [string] $Scheduler = $IsWindows ? 'TaskScheduler' : 'Cron'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-Literal {
    param([string] $Text)

    "'{0}'" -f [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text)
}

function Get-RefreshCommand {
    # One text for -Command, because -File passes no lists and no redirection.
    $script = ConvertTo-Literal -Text ([System.IO.Path]::Combine($PSScriptRoot, 'Refresh-Collections.Runbook.ps1'))
    $folder = ConvertTo-Literal -Text $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome)
    $names = ($Collection | ForEach-Object { ConvertTo-Literal -Text $_ }) -join ', '
    $module = Get-Module -Name SkillMeat -ListAvailable | Select-Object -First 1
    $command = "& $script -SkillMeatHome $folder -Collection $names$($CheckOnly ? ' -CheckOnly' : '')"
    # A scheduler's PowerShell looks for modules in fewer places than this one.
    if ($module) {
        $command = "Import-Module $(ConvertTo-Literal -Text $module.ModuleBase); $command"
    }

    if ($LogPath) {
        $log = ConvertTo-Literal -Text $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath)
        $command = "`$PSStyle.OutputRendering = 'PlainText'; & { $command } *>> $log"
    }

    $command
}

function Get-CrontabLine {
    # Nobody's crontab yet is the one failure that is no error; every crontab says so in its own words, and all of these hold 'no crontab'.
    $lines = @(crontab -l 2>&1)
    if ($LASTEXITCODE -eq 0) {
        return $lines | ForEach-Object { [string]$_ }
    }

    if (($lines -join ' ') -notmatch '\bno crontab\b') {
        throw "The crontab can't be read, so it is left as it is: $lines"
    }
}

function Write-CrontabLine {
    param([AllowEmptyCollection()] [string[]] $Line)

    # PowerShell ends each of them with a line end.
    $Line | crontab -
    if ($LASTEXITCODE -ne 0) {
        throw "The crontab could not be written: 'crontab -' ended with exit code $LASTEXITCODE."
    }
}

function ConvertTo-ShellWord {
    param([string] $Text)

    # cron takes a plain % for the end of the command.
    ("'{0}'" -f $Text.Replace("'", "'\''")).Replace('%', '\%')
}

function Register-CronTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $mark = "# $TaskName"
    $kept = @(Get-CrontabLine | Where-Object { -not $_.EndsWith(" $mark", [System.StringComparison]::Ordinal) })
    if ($Unregister) {
        if ($PSCmdlet.ShouldProcess('crontab', "Remove the line '$TaskName'")) {
            Write-CrontabLine -Line $kept
        }

        return
    }

    $pwsh = ConvertTo-ShellWord -Text ([System.Environment]::ProcessPath)
    $line = "$($At.Minutes) $($At.Hours) * * * $pwsh -NoProfile -NonInteractive -Command $(ConvertTo-ShellWord -Text (Get-RefreshCommand)) $mark"
    if ($PSCmdlet.ShouldProcess('crontab', "Add the line: $line")) {
        Write-CrontabLine -Line ($kept + $line)
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $line }
    }
}

function Register-WindowsTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if ($Unregister) {
        if ($PSCmdlet.ShouldProcess($TaskName, 'Unregister the scheduled task')) {
            Unregister-ScheduledTask -TaskName $TaskName -Confirm:$false
        }

        return
    }

    # Base64, because a command line of Windows has no quotes that every character survives.
    $command = Get-RefreshCommand
    $encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($command))
    if ($PSCmdlet.ShouldProcess($TaskName, "Register a scheduled task, daily at $At, that runs: $command")) {
        $task = @{
            TaskName = $TaskName
            Action   = New-ScheduledTaskAction -Execute ([System.Environment]::ProcessPath) -Argument "-NoProfile -NonInteractive -EncodedCommand $encoded"
            Trigger  = New-ScheduledTaskTrigger -Daily -At ([datetime]::Today + $At)
            # A laptop that slept at that time catches up.
            Settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew
            Force    = $true
        }
        $null = Register-ScheduledTask @task
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $command }
    }
}

if ($At -lt [timespan]::Zero -or $At -ge [timespan]::FromDays(1)) {
    throw "-At takes a time of the day, not $At."
}

if ($Scheduler -eq 'Cron') {
    Register-CronTask
}
else {
    Register-WindowsTask
}
