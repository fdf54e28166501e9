#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:folder = Join-Path $TestDrive 'mine'
    foreach ($name in 'good', 'bad') { $null = New-Item -ItemType Directory -Path (Join-Path $folder "skills/$name") }
    Write-Text -Path (Join-Path $folder 'skills/good/SKILL.md') -Text "---`nname: good`ndescription: Does good. Use it often.`n---`nDo good.`n"
    Write-Text -Path (Join-Path $folder 'skills/bad/SKILL.md') -Text "---`nname: Bad Name`ndescription: Use when: asked`n---`nBody`n"
}

Describe 'Test-SkmArtifact' {
    It 'says what is wrong, where, and nothing of what is right' {
        $problems = Test-SkmArtifact $folder
        $problems.Code | Sort-Object | Should -Be @('front-matter-not-yaml', 'name-characters', 'name-not-folder', 'name-not-lowercase')
        $problems.ArtifactId | Sort-Object -Unique | Should -Be 'skill:bad'
        ($problems | Where-Object Code -EQ 'front-matter-not-yaml').Line | Should -Be 3
        ($problems | Where-Object Code -EQ 'name-not-folder').Line | Should -Be 2
        $problems.Path | Sort-Object -Unique | Should -BeLike '*mine/skills/bad/SKILL.md'
        Test-SkmArtifact (Join-Path $folder 'skills/good') | Should -BeNullOrEmpty
    }

    It 'takes folders from the pipeline, and reports a missing one without stopping' {
        $problems = Get-ChildItem -LiteralPath (Join-Path $folder 'skills') | Test-SkmArtifact
        $problems.Severity | Sort-Object -Unique | Should -Be 'Error'
        $seen = @()
        $found = (Join-Path $folder 'none'), (Join-Path $folder 'skills/bad') | Test-SkmArtifact -ErrorVariable seen -ErrorAction SilentlyContinue
        $found | Should -HaveCount 4
        $seen[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }
}
