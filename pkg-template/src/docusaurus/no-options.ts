/** Stands for the site's client module where there is none. */
export default {};
