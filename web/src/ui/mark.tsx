/** orderd's mark: a parcel. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#1f5c4d" />
      <g fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round">
        <path d="M9 11.5 16 8l7 3.5v9L16 24l-7-3.5z" />
        <path d="m9 11.5 7 3.5 7-3.5M16 15v9" />
      </g>
    </svg>
  );
}
